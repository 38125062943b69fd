"""Proposes pay plans of a contract from a form; another person agrees, as to any agreed term."""

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.documents.forms import read_form
from vendorops.domain.adjustments import ONE_E6
from vendorops.domain.earnings import PayTerms
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import AgreedTerm, Contract
from vendorops.working.adjusting import NotAgreeable, enter_drafts
from vendorops.working.earning.forms import PayPlanForm, PayPlansForm


def propose_plans(books: Books, data: bytes) -> list[AgreedTerm]:
    """Enter the pay plans of a file in draft, all or none; the same file again is the same plans.

    Raises BadForm for a file that is no form, and NotAgreeable where a plan contradicts itself,
    its contract or a broker's, or what was agreed before.
    """
    said = read_form(data, PayPlansForm, "pay plans")
    contract = books.named(Contract, said.contract)
    for number, form in enumerate(said.terms, start=1):
        try:
            _check(books, contract, form)
        except Refused as refusal:
            raise NotAgreeable(f"plans {number}: {refusal}") from refusal
    return enter_drafts(books, said.contract, said.terms, data)


def _check(books: Books, contract: Contract, form: PayPlanForm) -> None:
    terms = form.facts(contract.currency)
    for part in terms.parts:
        to = books.named(Contract, part.to) if part.to else contract
        if part.to == contract.reference:
            raise NotAgreeable(f"{part.to} is the contract itself; write `self`")
        if to.currency != contract.currency:
            raise NotAgreeable(
                f"{to.reference} is in {to.currency}, {contract.reference} in"
                f" {contract.currency}; parts are of one currency"
            )
        _check_passes_whole(books, to, terms, form)


def _check_passes_whole(
    books: Books, contract: Contract, terms: PayTerms, form: PayPlanForm
) -> None:
    """Refuse a term that does not pass on exactly what was earned."""
    term = program(contract.program).term(terms.term)
    day = max(form.valid_from, contract.starts_on)
    agreed = revisions(books, contract).on(day).values(day)
    if term.kind != "share" or agreed.get(term.code) != ONE_E6:
        raise NotAgreeable(
            f"{contract.reference} must agree {term.code} at a share of 1 from {day} on, so that"
            " what was earned is paid as it is; amend the contract"
        )
