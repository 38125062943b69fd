"""Match, explain and list the exceptions of a month."""

from vendorops.cli.session import month_flow

command = month_flow("reconciliation", "Match, explain and list the exceptions of a month.")
