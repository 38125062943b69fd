"""What official rules said of the invoices that were received, and what a rejection does."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole


class RuleVerdict(Row, table=True):
    """What one version of one rule set said of a file, when the file was booked or turned away."""

    __table_args__ = strict(
        UniqueConstraint("received_file_id", "rules"),
        one_of("outcome", ("accepted", "rejected", "aborted")),
        one_of("treatment", ("stops", "warns")),
    )
    witnessed: ClassVar[bool] = True

    received_file_id: int = link("receivedfile")
    rules: str = text()
    """Name of the rule set, such as `en16931`."""
    version: str = text()
    sha256: str = text()
    """Of the stylesheet or schema, so that the verdict names exactly what gave it."""
    outcome: str = text()
    """`aborted` where the rules broke off: no acquittal."""
    treatment: str = text()
    """What the policy of the day makes of a rejection: `stops` or `warns`."""
    fatal: int = whole()
    """Findings that reject, as far as they were told."""
    findings: str = text()
    """The findings as canonical JSON: rule, level, where, message."""
    judged_on: date = day()


class VerdictPolicy(Row, table=True):
    """What happens to an invoice that official rules reject, from a day on; stops unless told."""

    __table_args__ = strict(UniqueConstraint("valid_from"), one_of("rejected", ("stops", "warns")))
    witnessed: ClassVar[bool] = True

    rejected: str = text()
    """`stops`: the file is turned away with the finding; `warns`: it is booked all the same."""
    valid_from: date = day()
    cite: str = text()
    """Where it was decided."""
