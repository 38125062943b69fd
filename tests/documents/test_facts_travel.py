"""Whoever has a contract has its facts: they travel inside the file, as the books keep them."""

from dataclasses import replace

import pytest

from tests import make
from tests.documents.agreed_facts import PARTIES, facts
from tests.documents.contract_facts import DAY, TEMPLATES
from tests.stages.contracting.bound import drafted
from vendorops.documents import DocumentOrder, facts_json, facts_of, kept, render_document
from vendorops.documents.attachments import TermsDamaged, terms_of
from vendorops.documents.drafting import agreement_data
from vendorops.domain.contract_facts import Guarantee, GuaranteeStep
from vendorops.programs import program
from vendorops.tables import Contract, ContractVersion

CODES = ["bpo", "freelance", "rpo", "staffing"]


@pytest.mark.parametrize("code", CODES)
def test_a_drafted_contract_carries_exactly_the_facts_of_its_row(opener, code):
    drafted(opener, code)

    with opener()() as books:
        contract, version = make.only(books, Contract), make.only(books, ContractVersion)
        carried = terms_of(kept(books, contract.document_sha256)).decode()

    assert carried == contract.facts == version.facts
    assert facts_of(carried) == facts_of(contract.facts)


def carrying(agreed, code):
    data = agreement_data(agreed, program(code), PARTIES)
    terms = facts_json(agreed).encode()
    return render_document(TEMPLATES, DocumentOrder(code, "cn", DAY, data, terms)).pdf


@pytest.mark.parametrize("code", CODES)
def test_whatever_was_agreed_is_read_back_equal_from_the_file(code):
    agreed = facts(code)

    assert facts_of(terms_of(carrying(agreed, code)).decode()) == agreed


def test_facts_that_differ_in_one_step_of_a_guarantee_are_read_back_apart():
    steps = (GuaranteeStep(30, 1_000_000), GuaranteeStep(90, 300_000))
    one = facts("rpo", guarantee=Guarantee(90, steps))
    other = replace(one, guarantee=Guarantee(90, steps, void_when_paid_late=True))

    carried = [facts_of(terms_of(carrying(each, "rpo")).decode()) for each in (one, other)]

    assert carried == [one, other]
    assert carried[0] != carried[1]


def test_a_file_whose_terms_are_not_as_we_write_them_is_refused():
    agreed = facts("bpo")
    data = agreement_data(agreed, program("bpo"), PARTIES)
    spaced = facts_json(agreed).replace(":", ": ", 1).encode()
    pdf = render_document(TEMPLATES, DocumentOrder("bpo", "cn", DAY, data, spaced)).pdf

    with pytest.raises(TermsDamaged, match="not canonical JSON"):
        terms_of(pdf)
