"""Which file a batch is follows from what is on file of the paying account on the day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, paid, rows, run, settled, staffing
from vendorops.demo import story
from vendorops.documents import kept
from vendorops.domain.refusal import Refused
from vendorops.paying.channels import AgainstSchema, channel_of, check_schema
from vendorops.payments import payment_format
from vendorops.stages.onboarding import load_company
from vendorops.stages.payment import payment_file
from vendorops.tables import BankAccount, LegalEntity, Payment, PaymentBatch, PaymentChannel

SEPA = {"format": "pain001", "details": {"characters": "sepa"}, "valid_from": "2026-01-01"}
BATCHES = {"format": "cn_batch", "valid_from": "2026-11-01"}
LATER = {"format": "pain001_03", "valid_from": "2026-12-01"}
COMPANY = yaml.load((story.SAMPLES / "company.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - of ours, every value as text.


def our_account(books) -> BankAccount:
    entity = make.only(books, LegalEntity)
    return make.only(books, BankAccount, party_id=entity.party_id)


def channel(books, **said) -> None:
    usual = {"bank_account_id": our_account(books).id, "entered_by": "li.treasury"}
    row: dict[str, Any] = {"details": "{}", "valid_from": date(2026, 1, 1)} | usual | said
    books.enter(PaymentChannel(id=books.key(), **row))


@pytest.fixture
def owed(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, staffing(books), ("10", "46.50"))


@pytest.mark.usefixtures("owed")
def test_a_batch_is_written_as_the_account_is_told_on_its_day_and_stays_so(opener):
    with opener()() as books:
        channel(books, format="cn_batch")
    settled(opener)
    paid(opener)
    with opener(as_of=date(2027, 1, 5))() as books:
        channel(books, format="pain001_03", valid_from=date(2027, 1, 1))
        batch = make.only(books, PaymentBatch)

        data = kept(books, batch.file_sha256)

        assert payment_format("cn_batch").figures(data)[:2] == (batch.reference, 2)
        assert payment_file(books, batch) == data
        assert channel_of(books, our_account(books)).format == "pain001_03"
        assert broken(books) == []


@pytest.mark.usefixtures("owed")
def test_a_payee_whom_the_bank_cannot_be_told_of_waits_before_approval_and_others_go(opener):
    with opener()() as books:
        channel(books, format="cn_batch")
        ours = our_account(books).id
        account = next(row for row in rows(books, BankAccount) if row.id != ours)
        account.holder = "恒" * 61
    settled(opener)

    outcome = run("payment", opener)

    [(_, reason)] = outcome.refused
    assert "the bank of ACC-" in reason
    assert "(cn_batch): the holder of an account must be 1 to 60" in reason
    with opener()() as books:
        assert [row.amount_minor for row in rows(books, Payment)] == [49_290]


@pytest.mark.usefixtures("owed")
def test_a_file_that_the_schema_in_the_rules_folder_refuses_is_not_planned(
    opener, settings, tmp_path
):
    (tmp_path / "pain.001.001.09.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:element name="Other"/></xs:schema>'
    )
    with opener()() as books:
        strict = replace(books, settings=replace(settings, rules=tmp_path))

        with pytest.raises(AgainstSchema, match="xsd refuses the payment file"):
            check_schema(strict, "pain001", b"<Document/>")
        check_schema(strict, "cn_batch", b"no schema is asked for")


def company_file(*channels) -> bytes:
    entity = COMPANY["legal_entities"][0]
    account = {**entity["account"], "payment_files": list(channels)}
    return yaml.safe_dump({**COMPANY, "legal_entities": [{**entity, "account": account}]}).encode()


def test_the_company_file_says_how_an_account_pays_from_a_day_on(opener):
    for data in (company_file(SEPA, BATCHES), company_file(SEPA, BATCHES, LATER)):
        with opener(actor="system:company")() as books:
            load_company(books, data)

    with opener()() as books:
        assert [row.format for row in rows(books, PaymentChannel)] == [
            *("pain001", "cn_batch", "pain001_03"),
        ]
        assert channel_of(books, our_account(books)).format == "cn_batch"
        assert broken(books) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (SEPA | {"format": "fax"}, "payments knows no 'fax'"),
        (SEPA | {"details": {"colour": "red"}}, "knows no colour; it knows characters"),
        (SEPA | {"details": {}}, "pays otherwise from 2026-01-01; add another day"),
    ],
)
def test_what_is_said_of_payment_files_must_be_known_and_is_never_changed(opener, said, fault):
    with opener(actor="system:company")() as books:
        load_company(books, company_file(SEPA))

    with pytest.raises(Refused, match=fault), opener(actor="system:company")() as books:
        load_company(books, company_file(said))
