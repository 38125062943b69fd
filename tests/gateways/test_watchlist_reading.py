import json
from dataclasses import replace

import pytest

from vendorops.demo import story
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Quarantined
from vendorops.gateways.watchlist_reading import (
    LIMITS,
    BadWatchlist,
    read_watchlist,
    watchlist_facts,
)

SAMPLE = (story.SAMPLES / "watchlists" / "demo-watch.csv").read_bytes()
HEAD = "id,schema,name,aliases,birth_date,countries,program_ids\n"
PERSON = {
    "id": "W-1",
    "caption": "Anatol Veresov",
    "schema": "Person",
    "properties": {
        "name": ["Anatol Veresov", "Анатоль Вересов"],
        "alias": ["Tolya"],
        "birthDate": ["1961-07", "1961"],
        "nationality": ["by"],
        "topics": ["sanction", "role.pep"],
    },
    "datasets": ["x"],
    "target": True,
}


def lines(*entities) -> bytes:
    return "\n".join(json.dumps(entity) for entity in entities).encode()


def facts(data: bytes):
    return read_watchlist(data)


def test_a_table_of_targets_is_read_as_it_is_published():
    found = facts(SAMPLE)

    assert (len(found.entries), found.skipped) == (6, 1)
    first, person = found.entries[0], found.entries[2]
    assert (first.entry, first.kind, first.countries) == ("DW-001", "organization", ("cn",))
    assert first.names[0] == "Shanghai Yunshi Data Services Co., Ltd."
    assert "上海云石数据服务有限公司" in first.names
    assert (person.kind, person.birth_date, person.topics) == ("person", "1961-07", ("DEMO-PEP",))


def test_entities_a_line_are_read_as_they_are_published():
    address = {"id": "A-1", "schema": "Address", "properties": {"full": ["Somewhere"]}}

    found = facts(lines(PERSON, address))

    assert found.skipped == 1
    (entry,) = found.entries
    assert entry.names == ("Anatol Veresov", "Анатоль Вересов", "Tolya")
    assert (entry.birth_date, entry.countries) == ("1961", ("by",))
    assert entry.topics == ("role.pep", "sanction")


def test_both_shapes_of_one_entry_come_to_the_same():
    row = 'W-1,Person,Anatol Veresov,"Анатоль Вересов;Tolya",1961,by,role.pep;sanction\n'

    assert facts((HEAD + row).encode()) == facts(lines(PERSON))


def test_invisible_characters_and_sentences_are_left_out_of_names():
    row = f'W-1,Person,Ana\u202etol Veresov,"{"x" * 301}; Tolya\u200b",,,\n'

    (entry,) = facts((HEAD + row).encode()).entries

    assert entry.names == ("Anatol Veresov", "Tolya")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no column"),
        (b"name\nx\n", "no column id, schema"),
        (b"\xff\xfe\x00", "UTF-8"),
        (HEAD.encode(), "names no person"),
        ((HEAD + "V-1,Vessel,Grey Heron,,,,\n").encode(), "names no person"),
        (b"{}", "line 1"),
        (b'{"id": 1, "schema": "Person", "properties": []}', "line 1"),
        (lines(PERSON) + b"\n{oops", "line 2"),
        (b'{"id":' + b"[" * 100_000, "line 1"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, why):
    with pytest.raises(BadWatchlist, match=why):
        watchlist_facts(data)
    with pytest.raises(Refused, match=why):
        facts(data)


def test_a_list_that_takes_too_long_to_read_is_set_aside():
    with pytest.raises(Quarantined, match="time-limit"):
        read_watchlist(SAMPLE, replace(LIMITS, wall_seconds=0))
