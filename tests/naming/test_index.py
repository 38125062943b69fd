import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorops.naming.index import built, loaded

WORD = st.text("abcdefghiklmnoprstuv", min_size=3, max_size=8)
NAMES = st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=20)


@given(names=NAMES)
@settings(deadline=None)
def test_every_name_finds_itself_in_its_index(names):
    index = built(names)

    for name in names:
        assert name in [index.names[at] for at in index.candidates(name)]


@given(names=NAMES)
@settings(deadline=None)
def test_an_index_that_was_kept_answers_like_the_one_that_was_made(names):
    made = built(names)
    kept = loaded(made.dumped())

    assert kept.names == made.names
    assert [kept.candidates(name) for name in names] == [made.candidates(name) for name in names]
    assert kept.dumped() == made.dumped()


def test_a_name_is_found_by_a_part_of_it_and_by_another_spelling():
    index = built(
        ["Anatol Petrovich Veresov", "Borealis Marine Trading FZE", "上海云石数据有限公司"]
    )

    assert index.candidates("Veresov Anatol") == [0]
    assert index.candidates("Анатоль Вересов") == [0]
    assert index.candidates("Boreallis Marine") == [1]
    assert index.candidates("Shanghai Yunshi Shuju") == [2]


def test_a_name_that_shares_nothing_finds_nobody():
    index = built(["Anatol Veresov"])

    assert index.candidates("Zhou Guowei") == []
    assert index.candidates("---") == []


def test_the_kept_bytes_hold_plain_arrays_only():
    names = built(["Anatol Veresov"]).dumped()

    assert names[:2] == b"PK"
    assert loaded(names).grams.dtype.kind == "U"
    assert loaded(names).postings.dtype == np.int64
