"""Run Prefect's server and every schedule on this machine; people work by the other commands."""

import os
import signal
from importlib import import_module
from typing import Any, NoReturn

import click

from vendorops.cli.session import READER, opener
from vendorops.settings import Settings


@click.command(
    help="Run Prefect's server on 127.0.0.1 and every schedule of prefect.yaml on this machine, "
    "until Ctrl-C. Its page shows the runs. There is no web page for suppliers or for decisions: "
    "people answer with vendorops inbox and decide, and hand papers in with the other commands."
)
@click.option(
    "--port",
    default=4200,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Of the address on this machine.",
)
def command(port: int) -> None:
    """Serve until interrupted."""
    settings = Settings.from_environment()
    with opener(READER)():
        pass  # Books that do not open are told at once, not by every run.
    os.environ.update(settings.environment())  # Flow runs are processes that read it from there.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    server: Any = import_module("flows.serving.server")
    with server.server(settings.home / "prefect", port) as address:
        click.echo(f"Prefect is at {address}; Ctrl-C ends it and every run.")
        import_module("flows.serving.deployments").serve_all()
    click.echo("Stopped; what was under way is taken up again by the next run.")


def _interrupt(_number: int, _frame: object) -> NoReturn:
    """Let a service manager's stop be the same as Ctrl-C, in the background too."""
    raise KeyboardInterrupt
