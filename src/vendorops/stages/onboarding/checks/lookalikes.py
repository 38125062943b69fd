"""Whether the applicant is taken for somebody else: by its name, or by its number."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.books.reviewing import Doubt, doubt
from vendorops.domain.finding import Finding, Level
from vendorops.screening import Alike, alike
from vendorops.screening.alike import reference_of
from vendorops.stages.onboarding.cases import party_of, squeezed
from vendorops.tables import Party, Qualification

PERSON = "person"


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Raise a doubt for a known number under another name, and for every name alike."""
    party = party_of(books, case)
    if case.name and case.name != party.name:
        doubt(books, _another_name(books, case, party))
        message = f"applied for as {case.name}; its number is known as that of {party.name}"
        yield Finding("number-of-another-name", Level.WARNING, "party", message)
    for other in alike(books, party):
        if _likely_one(party, other.party):
            doubt(books, _look_alike(party, other))
            message = f"its name is like that of {other.reference}, {other.party.name}"
            yield Finding("name-like-another", Level.WARNING, other.reference, message)


def _likely_one(party: Party, other: Party) -> bool:
    """Tell whether two parties of one name are worth a look; many people share theirs honestly.

    A person is looked at when the name only looks the same, or when more than the name is.
    """
    if party.kind != PERSON or other.kind != PERSON:
        return True
    if squeezed(party.name) != squeezed(other.name):
        return True
    return party.email == other.email != "" or party.address == other.address != ""


def _another_name(books: Books, case: Qualification, party: Party) -> Doubt:
    whose = reference_of(books, party.id)
    return Doubt(
        kind="lookalike",
        subject=case,
        party_id=party.id,
        question=f"Is {case.name} the same as {whose}, {party.name}? Both give the number "
        f"{party.identifier_scheme} {party.identifier_masked}; our books keep the name they have.",
        evidence={
            "applied_as": case.name,
            "known_as": party.name,
            "known": whose,
            "identifier": f"{party.identifier_scheme} {party.identifier_masked}",
        },
    )


def _look_alike(party: Party, other: Alike) -> Doubt:
    known = other.party
    return Doubt(
        kind="lookalike",
        subject=party,
        party_id=party.id,
        question=f"Is {party.name} another than {other.reference}, {known.name}, although the "
        "names look or sound alike?",
        evidence={
            "name": party.name,
            "identifier": f"{party.identifier_scheme} {party.identifier_masked}",
            "place": party.place,
            "other": other.reference,
            "other_name": known.name,
            "other_identifier": f"{known.identifier_scheme} {known.identifier_masked}",
            "other_place": known.place,
        },
    )
