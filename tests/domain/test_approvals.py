import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.approvals import Scope, Unclear, narrowest, unclear

SCOPES = st.builds(
    Scope,
    program=st.sampled_from(["", "rpo", "bpo"]),
    place=st.sampled_from(["", "cn", "de"]),
    risk=st.sampled_from(["", "high"]),
    currency=st.just("CNY"),
    from_minor=st.sampled_from([0, 50, 100]),
)
QUESTIONS = st.builds(
    Scope,
    program=st.sampled_from(["rpo", "bpo", "staffing"]),
    place=st.sampled_from(["cn", "de"]),
    risk=st.sampled_from(["", "high", "low"]),
    currency=st.sampled_from(["CNY", "EUR", ""]),
    from_minor=st.integers(0, 200),
)
LARGE = Scope(currency="CNY", from_minor=100)


def settled(rows: list[Scope]) -> list[Scope]:
    """Add the rows that are asked for until the matrix is clear."""
    rows = list(dict.fromkeys(rows))
    while found := unclear(rows):
        rows.append(found[2])
    return rows


@given(st.lists(SCOPES, max_size=6), QUESTIONS)
def test_a_clear_matrix_leaves_no_question_open(rows, question):
    rows = settled(rows)

    found = narrowest(rows, question)

    fitting = [row for row in rows if row.fits(question)]
    assert (found in fitting) if fitting else found is None
    assert all(row.fits(found) for row in fitting)


@given(st.lists(SCOPES, max_size=6), QUESTIONS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, question, random):
    rows = settled(rows)
    other = list(rows)
    random.shuffle(other)

    assert narrowest(rows, question) == narrowest(other, question)
    assert unclear(other) is None


@pytest.mark.parametrize(
    ("rows", "question", "expected"),
    [
        ([Scope(), LARGE], Scope("rpo", currency="CNY", from_minor=100), LARGE),
        ([Scope(), LARGE], Scope("rpo", currency="CNY", from_minor=99), Scope()),
        ([Scope(), LARGE], Scope("rpo", currency="EUR", from_minor=500), Scope()),
        ([Scope(program="bpo")], Scope("rpo"), None),
        ([Scope(), Scope(risk="high")], Scope("rpo", risk="high"), Scope(risk="high")),
        (
            [Scope(currency="CNY", from_minor=amount) for amount in (10, 20, 30)],
            Scope(currency="CNY", from_minor=25),
            Scope(currency="CNY", from_minor=20),
        ),
    ],
)
def test_the_narrowest_row_that_fits_holds(rows, question, expected):
    assert narrowest(rows, question) == expected


def test_two_rows_of_which_neither_is_narrower_leave_a_question_open():
    rows = [Scope(program="bpo"), LARGE]

    assert unclear(rows) == (*rows, Scope(program="bpo", currency="CNY", from_minor=100))
    with pytest.raises(Unclear, match="none is the narrowest"):
        narrowest(rows, Scope("bpo", currency="CNY", from_minor=200))


def test_rows_that_no_question_fits_both_of_are_clear():
    assert unclear([Scope(program="bpo"), Scope(program="rpo", risk="high")]) is None
