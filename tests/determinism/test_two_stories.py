"""The same story, told twice under different circumstances, leaves the same bytes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.dump import differences
from tests.faults.zygote import Zygote
from vendorops.gateways.pdf_signatures import new_certificate

HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C", "FIRST": "2026-09-21T09:00Z"}
THERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "America/St_Johns",
    "LC_ALL": "C.UTF-8",
    "FIRST": "2031-03-30T00:59+00:00",
}
"""Another seed of hashes, zone, locale, folder and clock."""


def told(home: Path, circumstances, certificate):
    environment = {name: value for name, value in circumstances.items() if name != "FIRST"}
    with Zygote(**environment) as zygote:
        first = circumstances["FIRST"]
        return zygote.ask("tell", home=str(home), first=first, certificate=str(certificate))


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    homes = [tmp_path_factory.mktemp(name) / name for name in ("here", "somewhere else")]
    certificate = tmp_path_factory.mktemp("signing") / "XH.p12"
    new_certificate(certificate, "星河制造集团有限公司", datetime(2026, 9, 1, tzinfo=UTC))
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(told, homes, (HERE, THERE), (certificate, certificate)))


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("contracts", 4),
        ("signed contracts", 4),
        ("amendments", 1),
        ("reconciliation inputs", 4),
        ("reconciliation results", 4),
        ("settlements", 4),
        ("payment files", 4),
        ("returns", 1),
    ],
)
def test_what_people_rely_on_has_the_same_hash(stories, what, count):
    one, other = (story["sealed"][what] for story in stories)

    assert one == other
    assert len(one) == count
    assert all(len(sha256) == 64 for sha256 in one.values())


def test_every_document_laid_out_or_kept_has_the_same_bytes(stories):
    one, other = (story["dump"] for story in stories)

    assert one["outgoing"] == other["outgoing"]
    assert len(one["outgoing"]) == 8
    assert one["documents"] == other["documents"]


def test_every_row_says_the_same_but_for_keys_and_instants(stories):
    one, other = (story["dump"] for story in stories)

    assert differences(one, other) == []
