"""The labour platform as people and scripts command it."""

import json

import pytest

from tests import make
from tests.make import talent
from tests.make.talent import CERTIFICATION, DEMAND, FORCES, REGISTRAR, VERIFIER
from vendorops.documents import pdf_facts

DAY = ("--as-of", "2026-11-04", "--json")
BUYER, OTHER = ("--as", REGISTRAR), ("--as", VERIFIER)
COSTS = """
currency: CNY
period: 2026-10
channels:
  - {channel: referral, hires: 2, recruitment: {direct_labour: "1000.00"}, selection: {interviews: "500.01"}}
  - {channel: campus, hires: 0, recruitment: {prepaid: "300.00"}}
"""  # noqa: E501 - one channel a line.


@pytest.fixture
def agency(home, opener):
    assert home
    with opener()() as books:
        return make.supplier(books).reference


@pytest.fixture
def proposable(run, agency, tmp_path):
    """One person taken in, verified and assessed; a demand placed."""
    file, evidence = tmp_path / "people.json", tmp_path / "seen.txt"
    people = [talent.entry(1, certifications=[CERTIFICATION])]
    file.write_text(json.dumps({"supplier": agency, "workers": people}), "utf-8")
    evidence.write_text("seen on video", "utf-8")
    (taken,) = run("talent", "import", file, *BUYER, *DAY).rows
    assert (taken["outcome"], taken["talent"]) == ("entered", "TAL-2026-000001")
    seen = ("--reason", "seen", "--evidence", evidence, *OTHER, *DAY)
    person = taken["talent"]
    run("talent", "verify", person, "sound", "--what", "identity", *seen)
    run("talent", "verify", "CRT-2026-000001", "sound", "--reason", "found", *OTHER, *DAY)
    (stands,) = run("talent", "verify", person, "sound", "--what", "claims", *seen).rows
    assert stands["status"] == "proposable"
    scores = [word for force in FORCES for word in ("--score", f"{force}=80")]
    words = (*scores, "--evidence", evidence, *BUYER, *DAY)
    (assessed,) = run("talent", "assess", person, *words).rows
    assert assessed["grade"] == "silver"
    wanted = tmp_path / "demand.yaml"
    wanted.write_text(DEMAND, "utf-8")
    (placed,) = run("talent", "demand", wanted, *BUYER, *DAY).rows
    return placed["demand"], person


def test_somebody_is_ranked_proposed_reported_and_hired(run, proposable, tmp_path):
    demand, person = proposable
    (ranked,) = run("talent", "rank", demand, *DAY).rows
    assert (ranked["rank"], ranked["talent"]) == (1, person)
    assert sum(int(told.rpartition("= ")[2]) for told in ranked["points"]) == ranked["score"]
    run("talent", "propose", demand, person, *BUYER, *DAY)
    file = tmp_path / "report.pdf"
    for languages, said in (("zh", "个人优势"), ("en", "Personal strengths"), ("zh,en", "魅力")):
        words = ("-o", file, "--languages", languages, *DAY)
        assert run("talent", "report", demand, person, *words).code == 0
        text = pdf_facts(file.read_bytes()).text
        assert said in text
        assert talent.number(1) not in text
    run("talent", "outcome", demand, person, "hired", *BUYER, *DAY)
    (moved,) = run("talent", "back-test", "--formula", "2022.1", *DAY).rows
    assert (moved["outcome"], moved["would"]) == ("hired", "stay")
    assert run("verify", "--as-of", "2026-11-04").code == 0


def test_people_go_out_and_come_in_again_unchanged(run, proposable, agency, tmp_path):
    assert proposable
    file = tmp_path / "out.json"
    run("talent", "export", file, "--supplier", agency, *DAY)
    (again,) = run("talent", "import", file, *BUYER, *DAY).rows
    assert again["outcome"] == "unchanged"
    (shown,) = run("talent", "show", "TAL-2026-000001", *DAY).rows
    assert (shown["circle"], shown["status"]) == ("anchors", "proposable")


def test_what_is_refused_ends_badly_and_says_why(run, agency, tmp_path):
    file = tmp_path / "people.json"
    people = [talent.entry(1), talent.entry(2, gender="f")]
    file.write_text(json.dumps({"supplier": agency, "workers": people}), "utf-8")
    taken = run("talent", "import", file, *BUYER, *DAY)
    assert taken.code == 1
    assert [row["outcome"] for row in taken.rows] == ["entered", "refused"]
    assert "1 of 2 entries" in taken.err
    early = run("talent", "report", "DEM-1", "TAL-2026-000001", "-o", tmp_path / "no.pdf", *DAY)
    assert (early.code, (tmp_path / "no.pdf").exists()) == (1, False)


def test_recruiting_costs_are_summed_by_channel(run, home, tmp_path):
    assert home
    file = tmp_path / "costs.yaml"
    file.write_text(COSTS, "utf-8")
    rows = run("talent", "cost", file, "--json").rows
    assert [(row["channel"], row["whole"], row["per_hire"]) for row in rows] == [
        ("referral", "1500.01", "750.01"),
        ("campus", "300.00", None),
        ("all", "1800.01", "900.01"),
    ]


def test_the_vocabulary_can_be_read(run, home):
    assert home
    codes = [row["code"] for row in run("talent", "labels", "level", *DAY).rows]
    assert codes[:3] == ["junior", "silver", "gold"]
