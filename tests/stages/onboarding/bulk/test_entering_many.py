import pytest
from sqlmodel import select

from tests.stages.onboarding.applying import ATTACHED, counted, hand_in, load, sample
from tests.stages.onboarding.bulk.many import NAMES, hand_in_many, lines, outcomes, row
from vendorops.stages.onboarding.bulk import ALL, PARTIAL, enter_lines
from vendorops.tables import Qualification

OTHER_ACCOUNT = "1102232119000345679"


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def cases(opener):
    with opener()() as books:
        return sorted(books.session.exec(select(Qualification.program)))


@pytest.mark.parametrize("mode", [ALL, PARTIAL])
def test_rows_that_are_in_order_are_entered_and_known_by_their_case(opener, mode):
    results = hand_in_many(opener, *map(row, NAMES), mode=mode)

    assert outcomes(results) == ["entered"] * 4
    assert [result.case for result in results] == [f"QUA-2026-00000{n}" for n in (1, 2, 3, 4)]
    assert [result.line for result in results] == [2, 3, 4, 5]
    assert cases(opener) == sorted(NAMES)


@pytest.mark.parametrize("mode", [ALL, PARTIAL])
def test_the_same_rows_again_change_nothing_and_say_so(opener, mode):
    hand_in_many(opener, *map(row, NAMES), mode=mode)
    before = counted(opener)

    results = hand_in_many(opener, *map(row, NAMES), mode=mode)

    assert outcomes(results) == ["unchanged"] * 4
    assert counted(opener) == before


def test_all_or_nothing_enters_nothing_and_tells_what_is_wrong_with_every_row(opener):
    hand_in(opener, sample("bpo"))
    before = counted(opener)
    wrong = [
        row("rpo", contract__end="2026-01-01", contract__cap="0", documents__1__file="no.pdf"),
        row("freelance"),
        row("staffing", legal_entity="XZ"),
    ]

    results = hand_in_many(opener, *wrong, mode=ALL)

    assert outcomes(results) == ["refused", "held", "refused"]
    first, held, last = (result.reason for result in results)
    assert "column contract.end: is the first day no longer covered" in first
    assert "column contract.cap: must be above nothing" in first
    assert "the file no.pdf was not handed in" in first
    assert held.startswith("nothing is wrong here")
    assert last.startswith("column legal_entity: we have no company XZ")
    assert counted(opener) == before


def test_every_contradiction_of_a_contract_is_told_at_once_by_its_column(opener):
    (result,) = hand_in_many(
        opener,
        row(
            "rpo",
            contract__terms__1__value="18",
            contract__payment__days="400",
            contract__guarantee__days="80",
        ),
    )

    assert "columns contract.terms.1: value must be a price" in result.reason
    assert "payment, days lie between 0 and 365" in result.reason
    assert "guarantee.steps: the last step ends with the guarantee" in result.reason


def test_parts_that_are_right_alone_are_refused_where_they_contradict_each_other(opener):
    (result,) = hand_in_many(opener, row("staffing", contract__terms__2__value="70.00"))

    assert "overtime_hours from 2026-10-01 is not" in result.reason


def test_what_is_in_order_is_entered_when_the_rest_may_wait(opener):
    wrong = row("rpo", party__email="nobody", contract__currency="yuan", signer="Qin")

    results = hand_in_many(opener, row("bpo"), wrong, row("staffing"))

    assert outcomes(results) == ["entered", "refused", "entered"]
    reasons = results[1].reason.split("; column ")
    assert [reason.split()[0].removeprefix("column") for reason in reasons[1:]] == [
        "party.email",
        "contract.currency",
    ]
    assert reasons[0].startswith("column signer is not a handle")
    assert cases(opener) == ["bpo", "staffing"]


def test_rows_put_right_are_entered_beside_those_that_were(opener):
    hand_in_many(opener, row("bpo"), row("rpo", contract__cap="0"))

    results = hand_in_many(opener, row("bpo"), row("rpo"))

    assert outcomes(results) == ["unchanged", "entered"]


def test_two_rows_of_one_party_program_and_place_are_both_refused(opener):
    results = hand_in_many(
        opener, row("bpo"), row("rpo"), row("bpo", party__identifier__number="91310115ma1k4yx365")
    )

    assert outcomes(results) == ["refused", "entered", "refused"]
    assert "same party, program and place as line 4; keep one" in results[0].reason
    assert "same party, program and place as line 2; keep one" in results[2].reason


def test_one_account_or_signer_of_two_parties_in_one_file_is_refused_for_both(opener):
    account = row("bpo")["bank_account.number"]
    results = hand_in_many(
        opener,
        row("bpo"),
        row("rpo", bank_account__number=account),
        row("staffing", signer=row("freelance")["signer"]),
        row("freelance"),
    )

    assert outcomes(results) == ["refused"] * 4
    assert "gives the bank account that another party gives in line 3" in results[0].reason
    assert "names the signer that another party names in line 5" in results[2].reason
    assert account not in " ".join(result.reason for result in results)


def test_one_party_may_apply_for_two_programs_in_one_file(opener):
    second = row("bpo", program="staffing", supplier_kind="staffing")
    second = {name: text for name, text in second.items() if not name.startswith("contract.terms")}
    second |= {
        "contract.terms.1.code": "regular_hours",
        "contract.terms.1.value": "46.50",
        "contract.terms.1.description": "hour",
    }

    assert outcomes(hand_in_many(opener, row("bpo"), second)) == ["entered", "entered"]


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u0007"])
def test_hidden_characters_are_refused_by_their_code(opener, hidden):
    (result,) = hand_in_many(opener, row("rpo", party__name=f"Qin{hidden}tu"))

    assert result.outcome == "refused"
    assert f"column party.name has the unprintable character U+{ord(hidden):04X}" in result.reason
    assert hidden not in result.reason


def test_no_reason_shows_a_number_that_is_secret(opener):
    (result,) = hand_in_many(
        opener,
        row("freelance", party__identifier__number="310105199004123625", bank_account__number="1"),
    )

    assert result.outcome == "refused"
    assert "310105199004123625" not in result.reason


def test_whoever_watches_is_told_of_every_line_in_either_mode(opener):
    for mode in (PARTIAL, ALL):
        seen: list[int] = []
        enter_lines(opener(actor="portal"), lines(*map(row, NAMES)), ATTACHED, mode, seen.append)
        assert sum(seen) == 4


def test_lines_of_many_batches_come_out_like_those_of_one(opener, monkeypatch):
    monkeypatch.setattr("vendorops.stages.onboarding.bulk.entering.BATCH", 1)

    results = hand_in_many(opener, row("bpo"), row("rpo", contract__cap="0"), row("staffing"))

    assert outcomes(results) == ["entered", "refused", "entered"]
    assert cases(opener) == ["bpo", "staffing"]
