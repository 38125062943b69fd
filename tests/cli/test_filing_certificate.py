"""What payees are given of the tax that was kept back from them."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests import make
from tests.cli.conftest import find
from tests.stages.filing.carrying import (
    DECEMBER,
    accepted,
    filed,
    handed_in,
    one_more,
    two_payments,
)
from tests.stages.settlement.month import IDENTITY, OUR_NUMBER
from tests.stages.settlement.month import run as run_stage
from vendorops.books import Answer, answer, waiting
from vendorops.paying.standing import Told, record
from vendorops.tables import LegalEntity

PAYEE = "SUP-2026-000001"
YEAR = ("--year", "2026", "--as", "qian.tax", "--json")


@pytest.fixture
def certified(opener, settings, monkeypatch, run, tmp_path):
    """Return `certified("--languages", "en")`: what the command said, and the text of the PDF."""
    two_payments(opener)
    find(monkeypatch, settings)
    file = tmp_path / "certificate.pdf"

    def writing(*words):
        ran = run("filing", "certificate", PAYEE, *YEAR, "-o", file, *words)
        if not file.exists():
            return ran, ""
        pages = PdfReader(io.BytesIO(file.read_bytes())).pages
        return ran, " ".join(page.extract_text() for page in pages)

    return writing


def test_only_what_was_handed_in_is_certified(certified, opener):
    filed(opener)
    early, _ = certified()
    assert (early.code, "no return that was handed in declares tax" in early.err) == (1, True)
    handed_in(opener)
    accepted(opener)
    one_more(opener)

    ran, text = certified("--languages", "en")

    assert ran.code == 0, ran.err
    assert len(ran.rows[0]["sha256"]) == 64
    assert "Certificate of tax withheld" in text
    for said in (
        "RET-2026-000001",
        "SH-2026-11-0001",
        "6,000.00",
        "960.00",
        "not certified here: 1",
    ):
        assert said in text, said
    assert IDENTITY not in text
    assert OUR_NUMBER not in text


def test_an_amended_return_is_certified_by_its_newest_version_alone(certified, opener):
    filed(opener)
    handed_in(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    _, text = certified("--languages", "zh,en")

    assert "扣缴税款证明" in text
    assert "个人所得税" in text
    assert "1,440.00" in text
    assert "RET-2026-000001" not in text
    assert "not certified" not in text


def test_the_same_rows_give_the_same_certificate(certified, opener):
    filed(opener)
    handed_in(opener)

    first, _ = certified()
    second, _ = certified()

    assert (first.code, first.rows) == (0, second.rows)
    unknown, _ = certified("--place", "de")
    assert (unknown.code, "has contracts with nobody" in unknown.err) == (1, True)


def test_vat_that_was_kept_back_is_certified_beside_income_tax_as_one_income(certified, opener):
    with opener()() as books:
        told = Told("cn", "persons_vat", "withheld", date(2026, 11, 1), "the office's answer")
        record(make.by(books, "qian.tax"), make.only(books, LegalEntity), told)
    one_more(opener)
    filed(opener)
    with opener(as_of=DECEMBER, actor="qian.tax")() as books:
        for number, asked in enumerate(waiting(books), start=1):
            handed = {"receipt": f"SH-{number}"}
            answer(books, Answer(asked.reference, "approve", "handed in", handed))
    run_stage("returns", opener, as_of=DECEMBER)

    _, text = certified("--languages", "en")

    # 6000 without VAT, taxed at 960.00; then 3000 with VAT of 29.70, its surcharges and 594.06.
    words = " ".join(text.split())
    for said in ("VAT kept back from natural persons", "2,970.30", "29.70", "Income 9,000.00"):
        assert said in words, said
