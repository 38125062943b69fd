"""Since when a person is registered, and until when, told by who saw the office's paper."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.periods import iso_day
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision, TaxRegistration


class NotThatDay(Refused):
    """The days do not fit an application."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the first day, from the application until today, and the end where there is one."""
    kept = {name: given.text(name) for name in ("registered_on", "valid_to")}
    if set(given.detail) - set(kept):
        raise NotThatDay(f"{decision.reference} asks for registered_on and valid_to only")
    if not given.approves:
        return {}
    if not kept["registered_on"]:
        raise NotThatDay(f"{decision.reference} asks since when: add --detail registered_on=DAY")
    first = iso_day(kept["registered_on"])
    row = books.get(TaxRegistration, decision.subject_id)
    if first < row.applied_on:
        raise NotThatDay(f"{row.reference} was filed on {row.applied_on}, after {first}")
    if first > books.as_of:
        raise NotThatDay(f"registered_on: {first} has not come yet; answer once it has")
    if kept["valid_to"] and iso_day(kept["valid_to"]) <= first:
        raise NotThatDay(f"a registration of {first} cannot end on {kept['valid_to']}")
    return {name: value for name, value in kept.items() if value}
