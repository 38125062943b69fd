"""The history is one chain: nothing in it can be changed, moved, dropped or slipped in unseen."""

import json
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from vendorops.books.chain import GENESIS, canonical, content_sha256, link, verify

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
KEYS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
EVENTS = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=2, max_size=6)

Row = tuple[dict[str, object], str, str]


def chained(events: list[dict[str, object]]) -> list[Row]:
    rows: list[Row] = []
    before = GENESIS
    for event in events:
        after = link(before, event)
        rows.append((event, before, after))
        before = after
    return rows


@given(value=VALUES)
def test_canonical_bytes_read_back_as_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(value=VALUES)
def test_the_writer_chosen_for_its_speed_writes_what_rfc_8785_wants(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(entries=st.dictionaries(KEYS, VALUES, max_size=6))
def test_the_order_of_keys_does_not_reach_the_bytes(entries):
    backwards = dict(reversed(entries.items()))

    assert canonical(backwards) == canonical(entries)
    assert content_sha256(backwards) == content_sha256(entries)


def test_keys_are_sorted_and_nothing_is_spaced_as_rfc_8785_wants():
    assert canonical({"b": [1, True, None], "a": "€"}) == '{"a":"€","b":[1,true,null]}'.encode()


@pytest.mark.parametrize("large", [2**53, -(2**53), 2**63 - 1, 10**30])
def test_integers_that_json_cannot_hold_are_written_as_text(large: int):
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps(large)

    assert canonical({"id": [large]}) == f'{{"id":["{large}"]}}'.encode()


def test_the_largest_exact_integers_stay_numbers():
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


def test_a_link_is_the_hash_of_domain_predecessor_and_event():
    expected = sha256(b"vendorops/event/v1" + bytes(32) + b'{"seq":1}').hexdigest()

    assert link(GENESIS, {"seq": 1}) == expected


@given(events=EVENTS)
def test_an_untouched_chain_has_no_broken_event(events):
    assert verify(chained(events)) is None


def test_the_history_of_nothing_is_whole():
    assert verify([]) is None


@given(events=EVENTS, data=st.data())
def test_a_changed_event_is_named_by_its_position(events, data: st.DataObject):
    rows = chained(events)
    at = data.draw(st.integers(0, len(rows) - 1))
    event, previous, stored = rows[at]

    rows[at] = ({**event, "slipped in": 1}, previous, stored)

    assert verify(rows) == at + 1


@given(events=EVENTS, data=st.data())
def test_an_event_that_was_dropped_leaves_a_gap(events, data: st.DataObject):
    rows = chained(events)
    at = data.draw(st.integers(0, len(rows) - 2))

    del rows[at]

    assert verify(rows) == at + 1


def test_two_events_that_changed_places_are_noticed():
    first, second, third = chained([{"seq": 1}, {"seq": 2}, {"seq": 3}])

    assert verify([first, third, second]) == 2


def test_a_forged_event_with_a_fitting_hash_breaks_the_next_one():
    first, second, third = chained([{"seq": 1}, {"seq": 2}, {"seq": 3}])
    forged = {"seq": 2, "amount": 1}

    assert verify([first, (forged, second[1], link(second[1], forged)), third]) == 3


@given(VALUES | st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_the_quick_writer_and_the_standard_write_the_same_bytes(value):
    big = isinstance(value, int) and abs(value) >= 2**53

    try:
        standard = rfc8785.dumps(str(value) if big else value)
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(value)
    else:
        assert canonical(value) == standard
