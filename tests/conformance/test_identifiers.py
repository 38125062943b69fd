"""Every number scheme, tested because it lies on the shelf."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.identifiers import codes, identifier, masked
from vendorops.identifiers._stdnum import BadIdentifier
from vendorops.registry import Unknown

CORPUS = Path("../shared/corpora/stdnum-vectors/vectors.csv")
CASES = Path("../shared/law/cases.json")
SCHEMES_OF_RULES = {
    "id.uscc": "cn_uscc",
    "id.citizen": "cn_ric",
    "id.ein": "us_ein",
    "id.vat": "eu_vat",
}
NAMED_BY_COURT = {"de_handelsregisternummer"}
"""Schemes whose numbers begin with the name of a court, which may have blanks and umlauts."""
UNPUBLISHED = {"cn_account", "cn_card", "cn_cnaps", "xa_number"}
"""Schemes for which the collection has no vectors."""
CHECKED = [scheme for scheme in codes() if identifier(scheme).CHECK_DIGITS]


def accepts(scheme: str, text: str) -> bool:
    try:
        identifier(scheme).check(text)
    except BadIdentifier:
        return False
    return True


def vectors() -> list[tuple[str, str, bool]]:
    if not CORPUS.exists():
        return []
    with CORPUS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = set(codes())
    return [
        (row["scheme"], row["number"], row["expected"] == "valid")
        for row in rows
        if row["scheme"] in known and not row["args"]
    ]


def law_cases() -> list[dict[str, object]]:
    if not CASES.exists():
        return []
    cases = json.loads(CASES.read_text("utf-8"))
    return [case for case in cases if case["rule"] in SCHEMES_OF_RULES]


@pytest.mark.parametrize("scheme", codes())
def test_a_valid_number_comes_back_in_its_one_spelling(scheme: str):
    number = identifier(scheme).EXAMPLE

    assert identifier(scheme).TITLE
    assert identifier(scheme).check(number) == number
    assert identifier(scheme).check(f" {number} ") == number


@pytest.mark.parametrize("scheme", codes())
def test_blanks_within_a_number_do_not_matter(scheme: str):
    number = identifier(scheme).EXAMPLE

    assert identifier(scheme).check(f"{number[:4]} {number[4:]}") == number


@pytest.mark.parametrize("scheme", codes())
def test_a_mask_shows_the_last_four_characters_only(scheme: str):
    assert masked(identifier(scheme).EXAMPLE).strip("•") == identifier(scheme).EXAMPLE[-4:]
    assert masked("1234").strip("•") == ""


@pytest.mark.parametrize("scheme", codes())
def test_a_refusal_hides_the_number_and_its_cause(scheme: str):
    wrong = identifier(scheme).EXAMPLE + "12345678901234567890"

    with pytest.raises(BadIdentifier) as caught:
        identifier(scheme).check(wrong)

    assert identifier(scheme).TITLE in str(caught.value)
    assert identifier(scheme).EXAMPLE[:6] not in str(caught.value)
    assert wrong[-6:] not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("scheme", CHECKED)
@given(data=st.data())
def test_no_single_mistyped_digit_of_a_checked_number_passes(scheme: str, data: st.DataObject):
    number = identifier(scheme).EXAMPLE
    at = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != number[at]]))

    assert not accepts(scheme, number[:at] + digit + number[at + 1 :])


@pytest.mark.parametrize("scheme", codes())
@given(text=st.text(max_size=40) | st.text("0123456789X ٣３-", max_size=24))
def test_any_text_is_either_refused_or_a_stable_ascii_number(scheme: str, text: str):
    try:
        number = identifier(scheme).check(text)
    except BadIdentifier:
        return

    assert scheme in NAMED_BY_COURT or number.isascii()
    assert scheme in NAMED_BY_COURT or number.isalnum()
    assert identifier(scheme).check(number) == number


@pytest.mark.parametrize(
    ("scheme", "number", "fault"),
    [
        ("cn_uscc", "9111000060003734", "wrong length"),
        ("cn_uscc", "91110000600037341M", "check digit"),
        ("cn_uscc", "9111000060003734IL", "characters or a form"),
        ("cn_uscc", "91310000MA1FL8Q07E", "check digit"),
        ("us_ssn", "666-12-3456", "part that does not exist"),
        ("us_itin", "912-10-3456", "part that does not exist"),
        ("us_tin", "00-0000000", "characters or a form"),
        ("de_idnr", "36574261890", "check digit"),
        ("de_handelsregisternummer", "HRB 123, Atlantis", "part that does not exist"),
        ("de_handelsregisternummer", "Aachen 11223", "characters or a form"),
        ("lei", "213800KUD8LAJWSQ9D16", "check digit"),
        ("lei", "213800KUD8LAJWSQ9D", "wrong length"),
        ("cn_cnaps", "10229000291", "must be 12 digits"),
        ("cn_card", "6222021001123458", "check digit"),
        ("cn_ric", "11010519490231002X", "check digit"),
        ("cn_ric", "110105194902310026", "part that does not exist, such as a date"),
        ("us_ein", "07-1234567", "part that does not exist"),
        ("us_ein", "911-14-4442", "characters or a form"),
        ("eu_vat", "US123456789", "part that does not exist"),
        ("iban", "DE88370400440532013000", "check digits do not fit"),
        ("bic", "AGRIF2PP", "not the form of one"),
        ("xa_number", "1", "wrong length"),
        ("xa_number", "10002O2697", "characters or a form"),
        ("cn_card", "0", "wrong length"),
        ("cn_account", "1234567", "9 to 32 digits"),
    ],
)
def test_a_refusal_says_what_exactly_is_wrong(scheme: str, number: str, fault: str):
    with pytest.raises(BadIdentifier, match=fault):
        identifier(scheme).check(number)


@pytest.mark.parametrize(
    "number", ["440305195003050015", "810000199003050014", "830000199003050018"]
)
def test_people_registered_after_their_birth_and_permit_holders_are_accepted(number: str):
    assert identifier("cn_ric").check(number) == number


@pytest.mark.parametrize("alias", ["DE99370400440532000016", "DE01370400440532000034"])
def test_an_iban_with_check_digits_no_bank_gives_out_is_refused(alias: str):
    assert not accepts("iban", alias)


def test_a_scheme_that_is_not_on_the_shelf_is_refused():
    with pytest.raises(Unknown, match=r"identifiers knows no 'no_such_scheme'; it knows .*bic"):
        identifier("no_such_scheme")


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared vectors are not beside the repository")
def test_the_published_vectors_come_out_as_published():
    cases = vectors()

    wrong = [case for case in cases if accepts(case[0], case[1]) is not case[2]]

    assert len(cases) > 900
    assert wrong == []
    assert {case[0] for case in cases} == {*codes()} - {
        "cn_account",
        "cn_card",
        "cn_cnaps",
        "us_checking",
        "us_routing",
        "us_savings",
        "xa_number",
    }


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside the repository")
@pytest.mark.parametrize("case", law_cases(), ids=lambda case: str(case["id"]))
def test_the_numbers_among_the_law_cases_come_out_as_expected(case):
    expected = case["expected"].get("valid", case["expected"].get("syntax_and_check_valid"))

    assert accepts(SCHEMES_OF_RULES[case["rule"]], case["inputs"]["value"]) is expected
