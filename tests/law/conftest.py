"""Commands run in process, as the tests of the command line run them."""

from tests.cli.conftest import run as run_command

__all__ = ["run_command"]
