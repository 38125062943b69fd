"""What passes between us and our banks: how they want to be told, and what they tell."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import BankEntryStatus, BankFileStatus, FreezeStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole


class PaymentChannel(Row, table=True):
    """How the bank of one of our accounts takes payments, from a day on; never edited."""

    __table_args__ = strict(UniqueConstraint("bank_account_id", "valid_from"))
    witnessed: ClassVar[bool] = True

    bank_account_id: int = link("bankaccount", led=True)
    format: str = text()
    """A module of payments/."""
    details: str = text(default="{}")
    """What the bank wants to be told besides, as canonical JSON."""
    valid_from: date = day()
    entered_by: str = text()


class BankFile(Row, table=True):
    """A file a bank sent, once per content, whatever became of it."""

    __table_args__ = strict(lifecycle(BankFileStatus), UniqueConstraint("sha256"))
    states: ClassVar[type[Status]] = BankFileStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"bank_account_id"})

    reference: str = text(unique=True)
    sha256: str = text()
    name: str = text()
    """The name it came under, for people; never a path."""
    size: int = whole()
    received_on: date = day()
    received_by: str = text()
    bank_account_id: int | None = link("bankaccount", optional=True)
    """Of which account it is, where the person who handed it in said so."""
    status: str = text(default=BankFileStatus.RECEIVED.value, index=True)


class BankStatement(Row, table=True):
    """What one message says of one account; the same content is entered once, however it came."""

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("bank_account_id", "content_sha256"),
        one_of("kind", ("statement", "notification", "answer")),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    bank_file_id: int = link("bankfile")
    bank_account_id: int = link("bankaccount", led=True)
    kind: str = text()
    ident: str = text()
    """As the bank names it."""
    sequence: str = text(default="")
    currency: str = text()
    opening_minor: int | None = whole(default=None)
    opening_on: date | None = day(default=None)
    closing_minor: int | None = whole(default=None)
    closing_on: date | None = day(default=None)
    lines: int = whole()
    content_sha256: str = text()
    """Of what it says, not of how it is written or when it was sent."""


class BankEntry(Row, table=True):
    """One line of a statement, and what it was found to be."""

    __table_args__ = strict(
        lifecycle(BankEntryStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("bank_statement_id", "entry", "part"),
        one_of("direction", ("debit", "credit", "answer")),
        CheckConstraint("(direction = 'answer') = (amount_minor = 0)", name="amount"),
        CheckConstraint("amount_minor >= 0", name="not_negative"),
        CheckConstraint("charges_minor >= 0", name="charges"),
        CheckConstraint("charges_unsaid_minor >= 0", name="charges_unsaid"),
    )
    states: ClassVar[type[Status]] = BankEntryStatus

    reference: str = text()
    bank_statement_id: int = link("bankstatement", led=True)
    entry: int = whole()
    part: int = whole()
    direction: str = text()
    amount_minor: int = whole()
    currency: str = text()
    booked_on: date | None = day(default=None)
    bank_reference: str = text(default="")
    code: str = text(default="")
    end_to_end_id: str = text(default="", index=True)
    batch_ids: str = text(default="")
    """Message ids that it names, between blanks."""
    named: str = text(default="")
    """References of ours in its texts, between blanks; nothing else of them is kept."""
    returned: int = whole(default=0)
    """One where the bank says that money came back or was reversed."""
    reason: str = text(default="")
    charges_minor: int = whole(default=0)
    """What of the amount the bank says it took for itself."""
    charges_unsaid_minor: int = whole(default=0)
    """What it took without saying whether the amount holds it."""
    status: str = text(default=BankEntryStatus.OPEN.value, index=True)


class BankMatch(Row, table=True):
    """That a line of the bank is what became of a payment: once for each thing that can become."""

    __table_args__ = strict(
        UniqueConstraint("payment_id", "kind"),
        one_of("kind", ("booked", "returned", "rejected")),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    bank_entry_id: int = link("bankentry")
    payment_id: int = link("payment", led=True)
    kind: str = text()
    amount_minor: int = whole()
    decision_id: int | None = link("decision", optional=True)
    """The answer of the person who said so, where no id of the bank did."""


class BankCharge(Row, table=True):
    """What a bank took for itself: a line of its own, or a part of one beside a payment."""

    __table_args__ = strict(
        UniqueConstraint("bank_entry_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    bank_entry_id: int = link("bankentry", led=True)
    amount_minor: int = whole()
    decision_id: int | None = link("decision", optional=True)
    """The answer of the person who said so, where the bank's own words did not."""


class PartReturn(Row, table=True):
    """A part of a payment that came back and is owed anew; what did not come back stays paid."""

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("bank_entry_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    bank_entry_id: int = link("bankentry", led=True)
    payment_id: int = link("payment")
    settlement_id: int = link("settlement")
    """What was paid by it in the first place."""
    amount_minor: int = whole()
    currency: str = text()
    decision_id: int = link("decision")
    """The answer of the person who said that only this part came back."""


class ReleaseFreeze(Row, table=True):
    """That no payment goes until the bank has told everything: what restored books begin with."""

    __table_args__ = strict(lifecycle(FreezeStatus), UniqueConstraint("reference"))
    states: ClassVar[type[Status]] = FreezeStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"lifted_on", "lifted_by"})

    reference: str = text()
    frozen_on: date = day()
    frozen_by: str = text()
    reason: str = text()
    lifted_on: date | None = day(default=None)
    lifted_by: str | None = text(default=None)
    status: str = text(default=FreezeStatus.STANDING.value, index=True)


class BankTableLayout(Row, table=True):
    """What a person said the columns of a bank's table mean; the newest of an account holds."""

    __table_args__ = strict(UniqueConstraint("reference"))
    witnessed: ClassVar[bool] = True

    reference: str = text()
    bank_account_id: int = link("bankaccount")
    layout_sha256: str = text()
    """Of the headings, by which it is found for a file."""
    columns: str = text()
    """Heading and meaning of each column in their order, as JSON."""
    decimal: str = text(default="")
    date_order: str = text(default="")
    valid_from: date = day()
    saved_by: str = text()
