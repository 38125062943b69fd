"""Every way a template can be set is set here: who supplies, what was agreed, where, and why."""

import shutil
from datetime import date
from itertools import product

import pytest

from tests.documents.contract_facts import TEMPLATES, facts, squeezed
from vendorops import programs
from vendorops.documents import pdf_facts, render_contract

DAY = date(2026, 3, 2)
PLACES = ("cn", "de", "us", "xa")
AGREED = {
    "liability_cap": "CNY 2,000,000.01",
    "late_interest": "0.0625 %",
    "insurance_minimum": "CNY 5,000,000.02",
    "renewal": "18 个月 months",
    "deemed_acceptance_days": "11",
    "prompt_pay": "2 %, 13 日 days",
    "tolerance": "1.75 %, CNY 50.01",
    "tax_treatment": "含增值税 inclusive of value-added tax",
    "court": "The Court of Invented Arbitration",
}
SHOWN = {
    "late_interest": "simple interest of 0.0625 % of the overdue amount for each day",
    "renewal": "Term of each renewal: 18 个月 months",
    "deemed_acceptance_days": "not answered within 11 Working Days of receipt is deemed accepted",
    "tolerance": "difference of up to 1.75 %, CNY 50.01",
}
"""Where the bare value could stand anywhere, the words around it."""
PROGRAMS = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for code in programs.codes()
    for path in (TEMPLATES / code).iterdir()
    if path.is_dir()
)
KINDS = sorted(
    path.parent.name for path in TEMPLATES.glob("*/all") if path.parent.name != "clauses"
)


def text_of(contract, templates=TEMPLATES, **changed):
    kind, place = contract.split("/")
    fields = facts(kind, place, **{"languages": "en", **changed})
    return squeezed(pdf_facts(render_contract(templates, kind, place, DAY, fields).pdf).text)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    """Return the shelf with every paper that is the same everywhere put under each place."""
    shelf = shutil.copytree(TEMPLATES, tmp_path_factory.mktemp("shelf") / "templates")
    for kind, place in product(KINDS, PLACES):
        shutil.copytree(shelf / kind / "all", shelf / kind / place, dirs_exist_ok=True)
    return shelf


@pytest.mark.parametrize("contract", PROGRAMS)
def test_every_term_that_was_agreed_is_said_and_no_other(contract):
    agreed, silent = text_of(contract, **AGREED), text_of(contract)

    for name, value in AGREED.items():
        shown = squeezed(SHOWN.get(name, value))
        assert shown in agreed, name
        assert shown not in silent, name


@pytest.mark.parametrize("contract", PROGRAMS)
def test_people_are_not_to_be_solicited_only_where_months_were_agreed(contract):
    said = squeezed("for 17 months after it, neither party solicits")

    assert text_of(contract, non_solicit_months="17").count(said) == 1
    assert squeezed("neither party solicits") not in text_of(contract)


@pytest.mark.parametrize("contract", PROGRAMS)
def test_persons_and_organizations_both_find_their_taxes_in_every_place(contract):
    person = text_of(contract, supplier_kind="person", languages="zh,en")
    organization = text_of(contract, supplier_kind="organization", languages="zh,en")

    assert squeezed("before any tax is withheld") in person
    assert squeezed("Prices exclude value-added") in organization


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_papers_that_are_the_same_everywhere_can_be_set_in_every_place(everywhere, kind, place):
    assert text_of(f"{kind}/{place}", everywhere, languages="zh,en")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("cn", "Personal Information Protection Law"),
        ("de", "processor under article 28"),
        ("us", "neither sells nor shares"),
        ("xa", "the higher standard where the two differ"),
    ],
)
def test_a_processing_agreement_names_the_law_of_its_place(everywhere, place, said):
    assert squeezed(said) in text_of(f"dpa/{place}", everywhere)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("notice", "right to terminate by notice"),
        ("breach", "reserves its claims for damages"),
        ("licence_lost", "no longer holds a licence"),
        ("mutual", "By mutual consent"),
    ],
)
def test_a_termination_says_on_what_ground_it_ends_the_agreement(kind, said):
    text = text_of("termination/all", kind=kind)

    assert squeezed(said) in text
    assert (squeezed("Received by the Supplier") in text) == (kind != "mutual")


@pytest.mark.parametrize(
    ("method", "said"), [("income_share", "Income share:"), ("profit_share", "Profit share:")]
)
def test_a_partnership_shares_what_its_method_of_settlement_says(method, said):
    assert squeezed(said) in text_of("partnership/all", settles_by=method)


def test_a_statement_of_work_without_dates_of_its_own_runs_until_accepted():
    fields = facts("sow", "all", languages="en")
    del fields["start"], fields["last_day"]

    text = pdf_facts(render_contract(TEMPLATES, "sow", "all", DAY, fields).pdf).text

    assert squeezed("until all Deliverables are accepted and paid") in squeezed(text)


def test_a_dispatch_agreement_without_a_pay_table_leaves_pay_to_the_work_order():
    fields = facts("staffing", "cn", languages="en")
    del fields["dispatch_pay"]

    text = squeezed(pdf_facts(render_contract(TEMPLATES, "staffing", "cn", DAY, fields).pdf).text)

    assert squeezed("Monthly pay") not in text
    assert squeezed("Where neither states them, pay is the price") in text
