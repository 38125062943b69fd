"""Loads what happens to invoices that official rules reject, dated and cited."""

from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.refusal import Refused
from vendorops.tables import VerdictPolicy


class BadVerdictPolicy(Refused):
    """A policy that cannot be."""


class VerdictPolicyForm(Form):
    """What a rejection does from a day on."""

    rejected: Literal["stops", "warns"]
    valid_from: IsoDay
    cite: Words
    """Where it was decided."""


def load_verdict_policy(books: Books, form: VerdictPolicyForm) -> None:
    """Enter a policy; one that is there is never edited, another day makes another one."""
    query = select(VerdictPolicy).where(col(VerdictPolicy.valid_from) == form.valid_from)
    known = books.session.exec(query).one_or_none()
    if known is None:
        books.enter(VerdictPolicy(id=books.key(), **form.model_dump()))
    elif known.rejected != form.rejected:
        raise BadVerdictPolicy(
            f"from {form.valid_from} on a rejection {known.rejected} in our books; decide on"
            " another treatment from a later day"
        )
