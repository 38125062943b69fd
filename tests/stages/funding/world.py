"""A company whose funds come and go, and beside its books what is left by going through days."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from tests import make
from tests.make.rows import put
from vendorops.books import Books
from vendorops.domain.lifecycle import PaymentBatchStatus, PaymentStatus
from vendorops.paying.funding import confirm, give_back, short_of_funds, take_funds
from vendorops.tables import BankEntry, BankStatement, Filing, LegalEntity, Payment


@dataclass
class World:
    """One company, and beside its books what came and went, reckoned by going through the days."""

    books: Books
    statement: BankStatement
    tax: Filing
    came: list[tuple[date, int]] = field(default_factory=list)
    went: list[tuple[date, Payment]] = field(default_factory=list)
    policies: dict[date, bool] = field(default_factory=dict)

    @property
    def entity(self) -> LegalEntity:
        return make.only(self.books, LegalEntity)

    def reckoned(self) -> int | None:
        """On the first day of a policy debts are forgotten, funds are not; None while free."""
        moved = list(self.came)
        moved += [(day, -row.amount_minor) for day, row in self.went if row.status == "sent"]
        left, free = 0, True
        for day in sorted({*self.policies, *(day for day, _ in moved)}):
            if day > self.books.as_of:
                break
            confirmed = self.policies.get(day, not free)
            left = max(left, 0) if free and confirmed else left
            free = not confirmed
            left += sum(minor for when, minor in moved if when == day)
        return None if free else left

    def told(self, direction: str, minor: int, day: date) -> None:
        """Let the bank tell of a client's money, booked on a day, and finance confirm it now."""
        line = BankEntry(
            id=self.books.key(),
            reference=self.books.reference("BKE"),
            bank_statement_id=self.statement.id,
            entry=len(self.books.session.exec(select(BankEntry)).all()) + 1,
            part=1,
            direction=direction,
            amount_minor=minor,
            currency="CNY",
            booked_on=day,
        )
        books = make.by(self.books, "zhao.finance")
        with books.session.begin_nested():
            confirm(books, books.enter(line), "a client's money")
        self.came.append((day, minor if direction == "credit" else -minor))

    def pay(self, minor: int) -> str:
        """Release a payment of tax where there are funds for it; say why where there are not."""
        people = {"approved_by": "wang.approver", "released_by": "sun.releaser"}
        batch = make.payment_batch(
            self.books, control_sum_minor=minor, status="approved", **people
        )
        if short := short_of_funds(self.books, batch):
            self.books.move(
                batch, PaymentBatchStatus.CANCELLED, because="there are no funds for it"
            )
            return short
        self.books.move(batch, PaymentBatchStatus.RELEASED, because="as the test wants it")
        usual = {
            "reference": self.books.reference("PAY"),
            "batch_id": batch.id,
            "filing_id": self.tax.id,
            "bank_account_id": batch.debtor_account_id,
            "currency": "CNY",
            "amount_minor": minor,
            "end_to_end_id": batch.reference,
            "settlement_sha256": make.SHA,
        }
        payment = put(self.books, Payment, usual, {"status": "approved"})
        sent = self.books.move(payment, PaymentStatus.SENT, because="as the test wants it")
        take_funds(self.books, batch, payment, sent)
        self.went.append((self.books.as_of, payment))
        return ""

    def give_back(self) -> None:
        """The payment that went last comes back."""
        payment = next((row for _, row in reversed(self.went) if row.status == "sent"), None)
        if payment:
            event = self.books.move(
                payment, PaymentStatus.RETURNED, because="as the test wants it"
            )
            give_back(self.books, payment, event)
