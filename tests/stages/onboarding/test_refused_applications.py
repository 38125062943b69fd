import re

import pytest
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import (
    ATTACHED,
    changed,
    counted,
    hand_in,
    load,
    run,
    sample,
)
from vendorops.domain.refusal import Refused
from vendorops.tables import Party, Supplier

MARKS = "\u0323" * 5
"""More marks on one letter than anybody's name has."""
USCC = "scheme: cn_uscc, number: 91440300MA5F7Q2R26"
CN_ACCOUNT = 'scheme: cn_account\n  number: "4000021309200456789"'
IN_BANK = f"bank_account:\n  {CN_ACCOUNT}"
IBAN = 'bank_account:\n  scheme: iban\n  number: "DE89370400440532013001"'

REFUSED = [
    pytest.param("2R26}", "2R2X}", "party, identifier:.*check digit", id="wrong USCC"),
    pytest.param(USCC, "scheme: us_ein, number: 07-1234567", "party, identifier:", id="EIN"),
    pytest.param(USCC, "scheme: eu_vat, number: DE136695977", "party, identifier:", id="VAT id"),
    pytest.param(IN_BANK, IBAN, "bank_account:.*check digit", id="wrong IBAN"),
    pytest.param(USCC, "scheme: mars, number: 1", "identifiers knows no 'mars'", id="scheme"),
    pytest.param("signer:", "colour: red\nsigner:", "colour is not known here", id="unknown key"),
    pytest.param("legal_entity: XH", "legal_entity: YY", "no company YY; there is XH", id="buyer"),
    pytest.param("program: rpo", "program: nil", "programs knows no 'nil'", id="program"),
    pytest.param("place: cn\nsupp", "place: zz\nsupp", "place: we know no 'zz'", id="place"),
    pytest.param("supplier_kind: rpo", "supplier_kind: bpo", "supplier_kind:.*rpo", id="kind"),
    pytest.param("placement_fee", "finders_fee", "contract, terms 1:.*no term", id="term"),
    pytest.param("value: 0.18", "value: 18", "share from 0 to 1 such as 0.18", id="share"),
    pytest.param("value: 0.18", "value: 1e-1", "terms 1:.*plain decimal", id="exponent"),
    pytest.param("cap: 1500000.00", "cap: 1,5", "contract, cap:.*plain decimal", id="cap"),
    pytest.param("cap: 1500000.00", "cap: 0", "contract, cap: must be above", id="no cap"),
    pytest.param(
        "  name: 深圳勤途", f"  name: Q{MARKS}", "party, name has the mark U\\+0323", id="marks"
    ),
    pytest.param(
        "holder: 深圳", f"holder: Q{MARKS}", "bank_account, holder has the mark", id="holder"
    ),
    pytest.param("end: 2027-10-01", "end: 2026-10-01", "after start", id="empty period"),
    pytest.param("start: 2026-10-01", "start: 1.10.2026", "start is not a day", id="day"),
    pytest.param("start: 2026-10-01", "start: 20261001", "start is not a day", id="basic day"),
    pytest.param("2040-07-06", "2020-07-06", "valid_to must lie after", id="validity"),
    pytest.param("kind: hr_service", "kind: business", "business_licence is there tw", id="twice"),
    pytest.param("rpo-business-l", "no-such-l", "no-such-licence.pdf was not", id="no file"),
    pytest.param("rpo-business-licence.pdf", "../rpo.yaml", "documents 1, file", id="path"),
    pytest.param("signer: qin.rpo", "signer: lin.buyer", "lin.buyer is taken", id="our person"),
    pytest.param("signer: qin.rpo", "signer: system:x", "signer", id="name of a stage"),
]


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def refusal(opener, data: bytes) -> str:
    """Hand in what must be refused, and see that no row of any table came or went."""
    before = counted(opener)
    with pytest.raises(Refused) as refused:
        hand_in(opener, data)
    assert counted(opener) == before
    return str(refused.value)


@pytest.mark.parametrize(("old", "new", "told"), REFUSED)
def test_a_bad_application_is_refused_in_a_sentence_and_nothing_of_it_entered(
    opener, old, new, told
):
    sentence = refusal(opener, changed("rpo", old, new))

    assert re.search(told, sentence)
    assert "\n" not in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize(
    "number", ["91440300MA5F7Q2R2X", "4000021309200456789", "DE89370400440532013001"]
)
def test_no_refusal_shows_a_whole_number(opener, number):
    for old, new in [("2R26}", "2R2X}"), (IN_BANK, IBAN)]:
        assert number not in refusal(opener, changed("rpo", old, new))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"party: [",
        b"\xff\xfe\x00",
        b"just words",
        b"- a\n- b",
        b"a: 1\na: 2",
        b"a: &x {b: 1}\nc: *x",
        b"[" * 400,
        b"a: b\n---\nc: d",
        b"x" * (2**20 + 1),
        b"? [a]\n: b",
    ],
)
def test_what_is_not_a_form_is_refused_in_a_sentence(opener, data):
    sentence = refusal(opener, data)

    assert sentence.startswith("the application ")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "hidden",
    [
        *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),  # Embeddings and overrides.
        *("\u2066", "\u2067", "\u2068", "\u2069"),  # Isolates.
        *("\u200e", "\u200f", "\u061c"),  # Marks of direction.
        *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0041"),
        "\ue000",
    ],
)
def test_names_with_invisible_or_reordering_characters_are_refused(opener, hidden):
    sentence = refusal(opener, changed("rpo", "深圳勤途", f"深圳{hidden}勤途"))

    assert f"U+{ord(hidden):04X}" in sentence
    assert hidden not in sentence


def test_two_names_that_look_alike_in_another_normal_form_are_one(opener):
    hand_in(opener, changed("rpo", "Qintu Human", "Qintü Human"))
    again = changed("rpo", "Qintu Human", "Qintu\u0308 Human")

    hand_in(opener, again)

    with opener()() as books:
        assert len(books.session.exec(select(Supplier)).all()) == 1


def test_our_own_company_cannot_be_its_own_supplier(opener):
    with opener()() as books:
        name = make.only(books, Party).name
    text = changed("rpo", "91440300MA5F7Q2R26}", f"{our_number()}}}").decode()
    theirs = "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd."
    ours = text.replace(theirs, name)

    assert "one of our own companies" in refusal(opener, ours.encode())


def our_number() -> str:
    company = (ATTACHED.parent / "company.yaml").read_text("utf-8")
    found = re.search(r"number: (\w{18})}", company)
    assert found
    return found[1]


def test_an_approved_application_is_not_replaced_by_another(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")

    sentence = refusal(opener, changed("rpo", "value: 0.18", "value: 0.20"))

    assert sentence.startswith("QUA-2026-000001 is approved;")
    assert hand_in(opener, sample("rpo")).status == "approved"


def test_a_suspended_supplier_cannot_apply_again(opener):
    hand_in(opener, sample("rpo"))
    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "suspended")

    sentence = refusal(opener, changed("rpo", "value: 0.18", "value: 0.20"))

    assert "SUP-2026-000001 is suspended" in sentence
