import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from tests import make
from tests.stages.contracting.bound import APPLIED, contract_of, in_force, sent
from tests.stages.onboarding.applying import run
from vendorops.books import Answer, answer, waiting
from vendorops.books.questions import NotAllowed
from vendorops.documents import kept
from vendorops.documents.signed_files import signatures_in
from vendorops.documents.signing import NotToSign, offer_file, offer_receipt
from vendorops.gateways.pdf_signatures import new_certificate, sign_pdf
from vendorops.tables import CheckFinding, Contract

SINCE, MOMENT = datetime(2026, 9, 21, tzinfo=UTC), datetime(2026, 9, 22, tzinfo=UTC)


@pytest.fixture
def theirs(tmp_path):
    path = tmp_path / "theirs.p12"
    new_certificate(path, "云枢", SINCE)
    return path


def sent_file(opener) -> bytes:
    with opener()() as books:
        return kept(books, str(make.only(books, Contract).sent_sha256))


def offered(opener, data, who="he.yunshu", how=offer_file):
    with opener(actor=who, as_of=APPLIED)() as books:
        return [found.message for found in how(books, make.only(books, Contract), data)]


def receipt(contract, **changed) -> bytes:
    said = {
        "provider": "e-sign",
        "envelope": "ENV-1",
        "signer": "he.yunshu",
        "signed_at": "2026-09-22T08:00:00Z",
        "document_sha256": contract.sent_sha256,
    }
    return json.dumps({**said, **changed}).encode()


def test_a_contract_is_sent_with_our_signature_where_we_have_a_certificate(opener):
    contract = sent(opener, certificate=True)

    (ours,) = signatures_in(sent_file(opener))
    assert contract.sent_sha256 != contract.document_sha256
    assert (ours.signer, ours.intact) == ("星河制造集团有限公司 Xinghe Manufacturing Group", True)
    assert ours.at == "2026-09-21T12:00:00+00:00"


def test_without_a_certificate_it_is_sent_as_it_was_approved(opener):
    contract = sent(opener)

    assert contract.sent_sha256 == contract.document_sha256


def test_a_click_signs_the_very_file_that_was_sent(opener):
    contract = in_force(opener, certificate=True)

    assert contract.signed_sha256 == contract.sent_sha256
    assert (contract.signed_how, contract.signed_by) == ("portal", "he.yunshu")


def test_a_pdf_with_both_signatures_binds_and_is_kept_as_the_contracts_own(opener, theirs):
    sent(opener, certificate=True)
    data = sign_pdf(sent_file(opener), theirs, MOMENT, "Supplier")

    assert offered(opener, data) == []
    run(opener, "signing", as_of=APPLIED)

    contract = contract_of(opener)
    assert (contract.status, contract.signed_how) == ("signed", "file")
    with opener()() as books:
        assert kept(books, str(contract.signed_sha256)) == data


def test_a_pdf_of_another_text_signs_nothing_and_leaves_a_finding(opener, theirs):
    sent(opener, certificate=True)
    with opener()() as books:
        document = kept(books, make.only(books, Contract).document_sha256)
    data = sign_pdf(document, theirs, MOMENT, "Supplier")

    (told,) = offered(opener, data)
    run(opener, "signing", as_of=APPLIED)

    assert "does not begin with the file that we sent" in told
    assert contract_of(opener).status == "sent"
    with opener()() as books:
        finding = make.only(books, CheckFinding, code="signed-file-tampered")
        assert (finding.subject_table, finding.level) == ("contract", "fatal")


def test_a_receipt_signs_only_the_document_it_names(opener):
    contract = sent(opener, certificate=True)

    wrong = receipt(contract, document_sha256=contract.document_sha256)
    assert "about another document" in offered(opener, wrong, how=offer_receipt)[0]
    assert offered(opener, receipt(contract), how=offer_receipt) == []
    run(opener, "signing", as_of=APPLIED)

    contract = contract_of(opener)
    assert (contract.signed_how, contract.signed_sha256) == ("receipt", contract.sent_sha256)


@pytest.mark.parametrize("who", ["wang.approver", "nobody.known"])
def test_only_the_suppliers_signer_hands_in_a_signed_file(opener, theirs, who):
    sent(opener, certificate=True)
    data = sign_pdf(sent_file(opener), theirs, MOMENT, "Supplier")

    with pytest.raises(NotAllowed):
        offered(opener, data, who=who)
    assert contract_of(opener).status == "sent"


def test_what_waits_for_no_signature_takes_none(opener, theirs):
    in_force(opener)

    with pytest.raises(NotToSign, match="waits for no signature"):
        offered(opener, sign_pdf(sent_file(opener), theirs, MOMENT, "Supplier"))


def test_an_answer_that_names_another_file_is_looked_at_again_and_binds_nobody(opener):
    sent(opener, certificate=True)
    with opener(actor="he.yunshu", as_of=APPLIED)() as books:
        contract = make.only(books, Contract)
        (asked,) = waiting(books)
        other = {"file": contract.document_sha256}
        answer(books, Answer(asked.reference, "approve", "signed", other))

    ((_, reason),) = run(opener, "signing", as_of=APPLIED).refused

    assert "is not ours" in reason
    assert contract_of(opener).status == "sent"


def test_signing_twice_changes_nothing_the_second_time(opener):
    before = in_force(opener, certificate=True)

    run(opener, "signing", as_of=APPLIED)

    with opener()() as books:
        assert [row.signed_sha256 for row in books.session.exec(select(Contract))] == [
            before.signed_sha256
        ]
