from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from vendorops.documents.licence import LicenceFields, sample_licence
from vendorops.documents.signed_files import faults, signatures_in
from vendorops.domain.refusal import Refused
from vendorops.gateways.pdf_signatures import (
    CertificateUnusable,
    certificate_sha256,
    new_certificate,
    sign_pdf,
)

SINCE, MOMENT = datetime(2026, 9, 21, tzinfo=UTC), datetime(2026, 9, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Certificates of both sides."""
    folder = tmp_path_factory.mktemp("keys") / "signing"
    for name in ("ours", "theirs"):
        new_certificate(folder / f"{name}.p12", f"{name} 有限公司", SINCE)
    return folder


@pytest.fixture(scope="module")
def paper():
    return sample_licence(
        LicenceFields(
            title="paper",
            issuer="office",
            number="1",
            holder="holder",
            scope="all",
            valid_from=SINCE.date(),
            valid_to=SINCE.date(),
        )
    )


@pytest.fixture(scope="module")
def sent(keys, paper):
    return sign_pdf(paper, keys / "ours.p12", MOMENT, "Client")


@pytest.fixture(scope="module")
def signed(keys, sent):
    return sign_pdf(sent, keys / "theirs.p12", MOMENT, "Supplier")


def test_the_same_paper_signed_again_is_the_same_file_and_begins_with_the_paper(keys, paper, sent):
    assert sign_pdf(paper, keys / "ours.p12", MOMENT, "Client") == sent
    assert sent.startswith(paper)


def test_both_signatures_are_found_with_who_and_when(keys, signed):
    ours, theirs = signatures_in(signed)

    assert (ours.signer, theirs.signer) == ("ours 有限公司", "theirs 有限公司")
    assert ours.certificate_sha256 == certificate_sha256(keys / "ours.p12")
    assert ours.at == MOMENT.isoformat()
    assert ours.intact
    assert theirs.intact
    assert (ours.changed_after, ours.to_the_end) == ("form_filling", False)
    assert (theirs.changed_after, theirs.to_the_end) == ("none", True)


def test_a_file_signed_by_both_and_changed_by_nobody_has_no_fault(sent, signed):
    assert faults(signed, sent) == []


def test_a_file_that_only_we_signed_is_no_signed_copy(sent):
    assert faults(sent, sent) == ["nobody but us has signed it"]


def test_a_second_signature_of_ours_is_not_theirs(keys, sent):
    twice = sign_pdf(sent, keys / "ours.p12", MOMENT, "Again")

    assert faults(twice, sent) == ["nobody but us has signed it"]


def test_a_text_that_was_changed_before_they_signed_is_noticed(keys, paper, sent):
    other = sign_pdf(paper + b"\n% other\n", keys / "theirs.p12", MOMENT, "Supplier")

    assert "does not begin with the file that we sent" in faults(other, sent)[0]


def test_a_page_changed_after_we_signed_is_noticed_although_our_bytes_are_there(keys, sent):
    writer = PdfWriter(BytesIO(sent), incremental=True)
    page = writer.pages[0]
    page.rotate(90)
    changed = BytesIO()
    writer.write(changed)
    data = changed.getvalue()
    assert data.startswith(sent)
    assert PdfReader(BytesIO(data)).pages[0].rotation == 90

    for offered in (data, sign_pdf(data, keys / "theirs.p12", MOMENT, "Supplier")):
        assert any("changed after ours" in said for said in faults(offered, sent))


def test_something_added_after_their_signature_is_noticed(sent, signed):
    writer = PdfWriter(BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    changed = BytesIO()
    writer.write(changed)

    told = faults(changed.getvalue(), sent)

    assert any("changed after theirs" in said for said in told)
    assert "something was added after the last signature of theirs" in told


@pytest.mark.parametrize("at", [0.3, 0.95])
def test_any_byte_changed_in_a_signed_file_is_noticed(signed, sent, at):
    spot = int(len(sent) + (len(signed) - len(sent)) * at)
    spoilt = signed[:spot] + bytes([signed[spot] ^ 1]) + signed[spot + 1 :]

    assert faults(spoilt, sent) != []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"\x00" * 5000])
def test_a_file_that_is_no_pdf_is_refused_in_a_sentence(data):
    with pytest.raises(Refused):
        signatures_in(data)


def test_a_certificate_is_never_replaced_and_only_its_owner_reads_it(keys, paper, tmp_path):
    path = keys / "ours.p12"
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600

    with pytest.raises(CertificateUnusable, match="never replaced"):
        new_certificate(path, "other", SINCE)
    assert path.read_bytes() == before
    assert [each.name for each in keys.iterdir() if each.suffix == ".part"] == []

    copy = tmp_path / "open.p12"
    copy.write_bytes(before)
    copy.chmod(0o644)
    with pytest.raises(CertificateUnusable, match="chmod 600"):
        sign_pdf(paper, copy, MOMENT, "Client")
    copy.write_bytes(b"no certificate")
    copy.chmod(0o600)
    with pytest.raises(CertificateUnusable, match=r"no PKCS#12"):
        sign_pdf(paper, copy, MOMENT, "Client")
    with pytest.raises(CertificateUnusable, match="there is no certificate"):
        sign_pdf(paper, tmp_path / "none.p12", MOMENT, "Client")
