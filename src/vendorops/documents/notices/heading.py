"""What every paper from the books says at its head: which contract, and who the parties are."""

from vendorops.books import Books
from vendorops.documents.proposal import LANGUAGES
from vendorops.programs import program
from vendorops.tables import Contract, LegalEntity, Party, Supplier


def heading(books: Books, contract: Contract, languages: str) -> dict[str, str]:
    """Return the fields of the head; in the languages of the contract's place unless told."""
    ours = books.get(Party, books.get(LegalEntity, contract.legal_entity_id).party_id)
    theirs = books.get(Party, books.get(Supplier, contract.supplier_id).party_id)
    spoken = languages or LANGUAGES.get(contract.place, "en")
    kind = program(contract.program)
    return {
        "languages": spoken,
        "contract_reference": contract.reference,
        "program_title": said(spoken, zh=kind.title_zh, en=kind.title),
        "supplier_name": theirs.name,
        "supplier_kind": theirs.kind,
        "supplier_identifier_masked": theirs.identifier_masked,
        "buyer_name": ours.name,
        "buyer_identifier_masked": ours.identifier_masked,
    }


def said(languages: str, *, zh: str, en: str) -> str:
    """Put words of our own in the languages of a paper.

    >>> said("zh,en", zh="验收", en="Acceptance"), said("en", zh="验收", en="Acceptance")
    ('验收 Acceptance', 'Acceptance')
    """
    words = {"zh": zh, "en": en}
    return " ".join(words[each] for each in languages.split(",") if each in words)
