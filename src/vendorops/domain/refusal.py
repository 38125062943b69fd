"""The one kind of failure we expect."""

from collections.abc import Callable


class Refused(Exception):  # noqa: N818 - it is an answer, not an error.
    """The business says no, for a reason a person can read and act on.

    A refusal is recorded and the run goes on. Anything else that is raised is a defect or an
    outage: it climbs to whoever started the run. The message says what was wrong, where, and
    what to do, and carries no identity number and no account number.
    """


class Unsafe(Refused):
    """Bytes from outside that no reader should be given: they are set aside, not sent back."""


def requirement(refusal: type[Refused]) -> Callable[[bool, str], None]:
    """Return what refuses, as one kind of refusal, with its sentence unless something holds."""

    def require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what is required comes first.
        if not holds:
            raise refusal(otherwise)

    return require
