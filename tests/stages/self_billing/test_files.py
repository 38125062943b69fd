"""The files of what was issued: what stands in them, and that they meet the rules."""

import pytest
from sqlmodel import select

from tests import make
from tests.formats.official_rules import faults
from tests.stages.self_billing import billing
from vendorops.documents import kept
from vendorops.documents.self_billed import self_billed_file_again
from vendorops.formats import formats
from vendorops.tables import (
    BankAccount,
    Decision,
    Effect,
    Event,
    ReceivedFile,
    SelfBilledInvoice,
    SelfBillingAgreement,
)


@pytest.fixture
def contract(opener):
    with opener()() as books:
        found = billing.contract(books)
        billing.worked(books, found, 2, 9)
        billing.worked(books, found, 16)
        return found


def test_the_file_reads_back_as_what_was_agreed_and_names_account_and_parties(opener, contract):
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    with opener()() as books:
        data = kept(books, str(row.file_sha256))
        read = formats()["ubl"].read(data)
    assert (read.number, read.net.minor, read.tax.minor) == (
        row.number,
        row.net_minor,
        row.tax_minor,
    )
    assert billing.IBAN.encode() in data
    assert billing.THEIRS["xa"] in read.seller_identifiers
    for words in (b">Self-billing<", b"SBA-2026-000001 of 2026-10-05", b">389<"):
        assert words in data


def test_each_number_read_from_the_vault_is_told_to_the_history(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)
    with opener()() as books:
        revealed = select(Event).where(Event.action == "revealed")
        assert not books.session.exec(revealed).all()

    make.reply(opener, "pro_forma", billing.SIGNER, as_of=billing.OVER)
    billing.run("pro_formas", opener)

    with opener()() as books:
        told = [(row.subject_table, row.reason) for row in books.session.exec(revealed)]
    why = "for the invoice SB-HX-2026-000001"
    assert told == [("party", why), ("party", why), ("bankaccount", why)]


def test_nothing_but_the_issued_file_shows_a_whole_number(opener, contract):
    billing.agreed(opener, contract)
    billing.issued(opener)

    with opener()() as books:
        tables = (SelfBilledInvoice, SelfBillingAgreement, Decision, Event, Effect, ReceivedFile)
        told = "".join(str(row) for table in tables for row in make.rows_of(books, table))
    for secret in (billing.IBAN, billing.OURS["xa"], billing.THEIRS["xa"]):
        assert secret not in told


def test_the_same_rows_give_the_same_bytes_in_every_format(opener, contract):
    billing.agreed(opener, contract, format="hybrid_pdf")
    [row] = billing.issued(opener).values()

    with opener()() as books:
        row = books.named(SelfBilledInvoice, row.reference)
        assert self_billed_file_again(books, row, "hybrid_pdf") == kept(
            books, str(row.file_sha256)
        )
        for name in ("ubl", "cii"):
            once, again = (self_billed_file_again(books, row, name) for _ in range(2))
            assert once == again


def test_what_is_issued_in_germany_meets_every_published_rule(opener):
    with opener()() as books:
        contract = billing.contract(books, "de")
        billing.worked(books, contract, 2, 9)
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    with opener()() as books:
        row = books.named(SelfBilledInvoice, row.reference)
        files = {name: self_billed_file_again(books, row, name) for name in ("ubl", "cii")}
    assert b">Gutschrift<" in files["ubl"]
    assert {name: faults(name, [data]) for name, data in files.items()} == {"ubl": [], "cii": []}


def test_pro_forma_and_invoice_are_promised_to_the_supplier(opener, contract):
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    with opener()() as books:
        promised = {each.name: each.sha256 for each in make.rows_of(books, Effect)}
    assert promised == {
        "SBI-2026-000001.pdf": row.document_sha256,
        "SB-HX-2026-000001.xml": row.file_sha256,
    }


def test_without_an_account_in_use_the_invoice_says_that_payment_is_agreed_elsewhere(opener):
    with opener()() as books:
        contract = billing.contract(books)
        billing.worked(books, contract, 2)
        account = make.only(books, BankAccount)
        make.reach(books, account, "superseded")
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    assert row.bank_account_id is None
    with opener()() as books:
        assert b"<cbc:PaymentMeansCode>1</cbc:PaymentMeansCode>" in kept(
            books, str(row.file_sha256)
        )
