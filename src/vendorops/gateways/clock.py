"""Reads the clock: the one place that does, for the driver and the command line."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock.


def today(zone: str) -> date:
    """Return the calendar day it is now in a time zone such as `Asia/Shanghai`."""
    return now().astimezone(ZoneInfo(zone)).date()
