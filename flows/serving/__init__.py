"""All of Prefect on one machine: its server, and the deployments that run beside it."""
