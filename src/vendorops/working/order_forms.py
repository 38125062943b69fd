"""The forms in which people place and change orders (YAML or JSON)."""

from typing import Annotated, Literal

from pydantic import Field

from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.proposal_forms import Code, Digits
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.domain.money import Money
from vendorops.working.ordering import LineWanted, Wanted
from vendorops.working.revising import Change

Lines = Annotated[tuple["LineForm", ...], Field(max_length=500)]


class LineForm(Form):
    """One priced line."""

    number: Digits = "0"
    """Of the line that a change sets anew; left out for another line."""
    code: Code
    kind: Literal["time", "event", "schedule", "unit", "no_cost", "expense"]
    description: Words
    price: Words = "0"
    pay: Words = "0"
    """What of the price the worker is paid."""
    most: Words = "0"
    """Most that is accepted of it."""
    due: IsoDay | None = None

    def wanted(self) -> LineWanted:
        """Return the line with its figures as scaled integers; refuses what is no figure."""
        return LineWanted(
            code=self.code,
            kind=self.kind,
            description=self.description,
            price_e6=price_e6(self.price),
            pay_e6=price_e6(self.pay),
            most_e4=quantity_e4(self.most),
            due_on=self.due,
            number=int(self.number),
        )


class OrderForm(Form):
    """An order that is to be placed."""

    contract: Code
    """Reference of the contract, such as `CON-2026-000001`."""
    form: Literal["work_order", "statement_of_work", "task_order"]
    title: Words
    start: IsoDay
    end: IsoDay
    """First day no longer covered."""
    budget: Words
    """Most that accepted work may come to, in the contract's currency, without tax."""
    lines: Lines
    role: Words | Literal[""] = ""
    site: Words | Literal[""] = ""
    mode: Code | Literal[""] = ""
    worker: Code | Literal[""] = ""
    """Reference of the person who does it."""
    start_items: dict[Code, Words] = Field(default_factory=dict)
    """What must be done before the first day, such as `badge: hand out the badge`."""

    def wanted(self, currency: str, worker_id: int | None) -> Wanted:
        """Return the order with its figures as integers."""
        return Wanted(
            form=self.form,
            title=self.title,
            starts_on=self.start,
            ends_on=self.end,
            budget_minor=Money.parse(self.budget, currency).minor,
            lines=[line.wanted() for line in self.lines],
            role=self.role,
            site=self.site,
            mode=self.mode,
            worker_id=worker_id,
            start_items=self.start_items,
        )


class ChangeForm(Form):
    """A change of an order that is to be proposed."""

    order: Code
    kind: Literal["extend", "re_rate", "end", "change"]
    valid_from: IsoDay
    reason: Words
    end: IsoDay | None = None
    budget: Words | Literal[""] = ""
    lines: Lines = ()

    def change(self, currency: str) -> Change:
        """Return the change with its figures as integers."""
        return Change(
            kind=self.kind,
            valid_from=self.valid_from,
            reason=self.reason,
            ends_on=self.end,
            budget_minor=Money.parse(self.budget, currency).minor if self.budget else None,
            lines=[line.wanted() for line in self.lines],
        )


def read_order(data: bytes) -> OrderForm:
    """Return what an order's file says; raises BadForm naming all that is wrong."""
    return read_form(data, OrderForm, "the order")


def read_change(data: bytes) -> ChangeForm:
    """Return what the file of a change says; raises BadForm naming all that is wrong."""
    return read_form(data, ChangeForm, "the change")
