"""When things run. A flow names stages, a day and a month; every rule lives in vendorops."""

import os
import sys
from pathlib import Path

PRIVATE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
}
"""Nothing is reported to anybody, and no result is kept: it would be a pickle in clear text."""
PATIENT = {"PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180"}
"""A temporary server takes 6 seconds to start here, 13 when its database is new."""
QUIET = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}
"""For the demonstration: one process, whose output is for people."""

# Prefect reads its settings once, when it is imported: this package must come first, and does,
# because every flow is a module of it.
for _name, _value in (PRIVATE | PATIENT).items():
    os.environ.setdefault(_name, _value)


class TooLate(Exception):  # noqa: N818 - a defect, named for what happened.
    """Prefect was imported before it was told where it lives."""


def prepare(home: Path | str, *, quiet: bool = False) -> None:
    """Give Prefect a folder of its own before it is imported; quiet leaves only its warnings.

    Call it before importing any flow.
    """
    if "prefect" in sys.modules:
        raise TooLate("call flows.prepare before anything imports prefect")
    os.environ["PREFECT_HOME"] = str(Path(home).absolute())
    if quiet:
        os.environ.update(QUIET)
