"""Official rules are asked at intake, and what they say is kept with the version that said it."""

import json
from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.intake.claims import known, paper, written
from vendorops.documents import kept as stored
from vendorops.documents.forms import read_form
from vendorops.domain.refusal import Refused
from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.stages.onboarding import verdict_policies as policies
from vendorops.tables import Invoice, ReceivedFile, RuleVerdict, VerdictPolicy
from vendorops.tracing.claims import trace_invoice

WARNS = {"rejected": "warns", "valid_from": "2026-01-01", "cite": "Invoice policy 2.3"}


def untaxed(of, name="ubl"):
    """An invoice that names no tax number of its seller, which EN 16931 wants (BR-S-02)."""
    seller = paper(of).seller
    return written(name, paper(of, seller=type(seller)(**{**vars(seller), "tax_number": ""})))


def deliver(opener, write, treatment=""):
    with opener()() as books:
        if treatment:
            policies.load_verdict_policy(books, policy(rejected=treatment))
        receive(books, write(known(books)), "claim.xml")
    return sweep("intake", opener())


def policy(**told):
    return read_form(json.dumps(WARNS | told).encode(), policies.VerdictPolicyForm, "the policy")


def verdicts(books):
    return books.session.exec(select(RuleVerdict).order_by(col(RuleVerdict.id))).all()


@pytest.mark.parametrize(
    ("name", "syntax"), [("ubl", "ubl"), ("cii", "cii"), ("hybrid_pdf", "cii")]
)
def test_a_booked_claim_keeps_the_version_and_hash_of_every_rule_set(opener, name, syntax):
    deliver(opener, lambda of: written(name, paper(of)))

    with opener()() as books:
        data = stored(books, make.only(books, ReceivedFile).sha256)
    (judgement,) = judge_claims([GivenFile(data, "claim.xml")])
    with opener()() as books:
        kept = [(row.rules, row.version, row.sha256, row.outcome) for row in verdicts(books)]
        assert kept == [
            (one.rules, one.version, one.sha256, "accepted") for one in judgement.verdicts
        ]
        assert [rules for rules, *_ in kept] == [f"{syntax}-schema", "en16931"]
        told = str(trace_invoice(books, "INV-2026-000001").facts["judged_by"])
        assert all(f"{rules} {version}: accepted" in told for rules, version, *_ in kept)


def test_an_invoice_that_official_rules_reject_is_turned_away_with_the_finding(opener):
    ((_, sentence),) = deliver(opener, untaxed).refused

    assert "BR-S-02 of en16931 1.3.16" in sentence
    assert "ask the supplier for a corrected invoice" in sentence
    with opener()() as books:
        assert make.only(books, ReceivedFile).status == "rejected"
        assert not books.session.exec(select(Invoice)).all()
        schema, core = verdicts(books)
        assert (schema.outcome, core.outcome, core.treatment) == ("accepted", "rejected", "stops")
        assert core.fatal == len(json.loads(core.findings)) == 1
        assert {one["code"] for one in json.loads(core.findings)} == {"BR-S-02"}


def test_where_the_company_decided_so_a_rejection_only_warns_and_is_kept(opener):
    outcome = deliver(opener, untaxed, "warns")

    assert outcome.refused == []
    with opener()() as books:
        assert make.only(books, Invoice).status == "in_process"
        core = verdicts(books)[-1]
        assert (core.outcome, core.treatment) == ("rejected", "warns")


def test_what_cannot_be_read_is_turned_away_whatever_the_company_decided(opener):
    broken = deliver(opener, lambda of: untaxed(of).replace(b">2026-10-31<", b">soon<"), "warns")

    assert "is not a date" in broken.refused[0][1]


def test_a_policy_holds_from_its_day_and_is_never_edited(opener):
    with opener()() as books:
        policies.load_verdict_policy(books, policy(valid_from="2099-01-01"))
        policies.load_verdict_policy(books, policy(valid_from="2099-01-01"))
        with pytest.raises(Refused, match="a rejection warns in our books"):
            policies.load_verdict_policy(books, policy(valid_from="2099-01-01", rejected="stops"))
        assert make.only(books, VerdictPolicy).valid_from == date(2099, 1, 1)

    assert deliver(opener, untaxed).refused


def test_a_file_that_does_not_fit_the_books_yet_leaves_no_verdict_until_it_is_booked(opener):
    deliver(opener, lambda of: written("ubl", paper(of, contract_reference="CON-2026-000002")))

    with opener()() as books:
        assert make.only(books, ReceivedFile).status == "received"
        assert verdicts(books) == []


def test_many_files_are_judged_ahead_and_each_keeps_its_own_verdict(opener):
    with opener()() as books:
        of = known(books)
        for number in range(3):
            receive(books, written("ubl", paper(of, number=f"N-{number}")), f"{number}.xml")
        receive(books, untaxed(of), "bad.xml")

    outcome = sweep("intake", opener())

    assert len(outcome.advanced) == 3
    assert len(outcome.refused) == 1
    with opener()() as books:
        found = [row.outcome for row in verdicts(books) if row.rules == "en16931"]
        assert sorted(found) == ["accepted", "accepted", "accepted", "rejected"]
