"""Loads whether payees confirm settlements before they are paid, dated and cited."""

from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Digits
from vendorops.domain.refusal import Refused
from vendorops.tables import ConfirmationPolicy


class BadConfirmation(Refused):
    """Another policy holds from that day already."""


class ConfirmationForm(Form):
    """What is asked of payees about settlements calculated from a day on."""

    confirmation: Literal["none", "asked", "required"]
    silence: Literal["waits", "agrees"] = "waits"
    days: Digits = "5"
    """Calendar days in which they may answer."""
    valid_from: IsoDay
    cite: Words
    """Where it was decided."""


def load_confirmation(books: Books, form: ConfirmationForm) -> None:
    """Enter a policy; one that is there is never edited, another day makes another one."""
    query = select(ConfirmationPolicy).where(col(ConfirmationPolicy.valid_from) == form.valid_from)
    known, days = books.session.exec(query).one_or_none(), int(form.days)
    if not days:
        raise BadConfirmation("payees are given at least one day to answer; write days: 1 or more")
    if known is None:
        told = form.model_dump() | {"days": days}
        row = ConfirmationPolicy(id=books.key(), **told)
        books.enter(row, because=f"confirmation of settlements is {form.confirmation}")
    elif (known.confirmation, known.silence, known.days) != (
        form.confirmation,
        form.silence,
        days,
    ):
        raise BadConfirmation(
            f"from {form.valid_from} on our books know another policy of confirming settlements; "
            "decide on the new one from a later day"
        )
