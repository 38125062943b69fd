from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import ATTACHED, changed, hand_in, load, run, sample
from tests.stages.onboarding.sample_papers import applications, papers
from vendorops.books import waiting
from vendorops.documents import LicenceFields, sample_licence
from vendorops.tables import CheckFinding, ComplianceDocument, Qualification, Review

ANOTHER = "document-number-of-another fatal"
ANOTHER_ACCOUNT = ('    number: "4000021309200456780"\n    v', ANOTHER)


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def licence_of_another(tmp_path, **other) -> None:
    """All papers of the RPO's application, one of them with something else printed on it."""
    (application,) = [path for path in applications() if path.stem == "rpo"]
    for name, data in papers(application).items():
        (tmp_path / name).write_bytes(data)
    with_other = {
        "title": "营业执照 Business licence",
        "issuer": "深圳市市场监督管理局",
        "number": "91440300MA5F7Q2R26",
        "holder": "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd.",
        "scope": "x",
        "valid_from": date(2020, 7, 6),
        "valid_to": date(2040, 7, 5),
        **other,
    }
    paper = sample_licence(LicenceFields(**with_other))
    (tmp_path / "rpo-business-licence.pdf").write_bytes(paper)


def test_a_licence_that_names_another_company_stops_the_case_until_the_right_one_comes(
    opener, tmp_path
):
    licence_of_another(tmp_path, holder="青禾人才服务有限公司")
    hand_in(opener, sample("rpo"), tmp_path)

    ((_, reason),) = run(opener, "onboarding").refused
    with opener()() as books:
        found = make.only(books, CheckFinding)
        assert (found.code, found.level) == ("document-names-another", "fatal")
        assert waiting(books) == []
    assert "the file of business_licence does not name 深圳勤途" in reason

    hand_in(opener, sample("rpo"), ATTACHED)
    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]


def test_a_licence_that_shows_another_number_is_noted_for_the_buyer(opener, tmp_path):
    licence_of_another(tmp_path, number="91440300MA5F7Q2R9X")
    hand_in(opener, sample("rpo"), tmp_path)

    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    with opener()() as books:
        (asked,) = waiting(books)
        assert "the checks noted: 1" in asked.question
        assert make.only(books, CheckFinding).code == "document-number-differs"


@pytest.mark.parametrize(
    ("file", "why"),
    [(b"GIF89a, not a licence", "is not a PDF"), (b"%PDF-1.7\n%%EOF", "the PDF is broken")],
)
def test_a_file_that_cannot_be_read_goes_to_a_person_and_then_on(opener, tmp_path, file, why):
    licence_of_another(tmp_path)
    (tmp_path / "rpo-business-licence.pdf").write_bytes(file)
    hand_in(opener, sample("rpo"), tmp_path)

    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    run(opener, "reviews")
    with opener()() as books:
        (asked,) = waiting(books)
        assert (asked.kind, asked.role) == ("review", "buyer")
        assert asked.question.startswith("Has a person read DOC-2026-")
        assert why in asked.question
        assert "91440300MA5F7Q2R26" not in asked.question
    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]

    make.reply(opener, "review", "lin.buyer")
    run(opener, "reviews")
    run(opener, "onboarding")
    with opener()() as books:
        assert [row.kind for row in waiting(books)] == ["qualification"]


def test_an_unreadable_file_found_wanting_ends_the_case_and_a_readable_one_opens_it(
    opener, tmp_path
):
    licence_of_another(tmp_path)
    (tmp_path / "rpo-business-licence.pdf").write_bytes(b"no PDF")
    hand_in(opener, sample("rpo"), tmp_path)
    run(opener, "onboarding")
    run(opener, "reviews")
    make.reply(opener, "review", "lin.buyer", "reject")
    run(opener, "reviews")
    run(opener, "onboarding")
    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"
        paper = make.only(books, ComplianceDocument, kind="business_licence")
        assert paper.status == "rejected"

    hand_in(opener, sample("rpo"), ATTACHED)

    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    with opener()() as books:
        assert [row.kind for row in waiting(books)] == ["qualification"]


def test_a_doubt_about_a_file_is_taken_back_when_another_file_comes(opener, tmp_path):
    licence_of_another(tmp_path)
    (tmp_path / "rpo-business-licence.pdf").write_bytes(b"no PDF")
    hand_in(opener, sample("rpo"), tmp_path)
    run(opener, "onboarding")
    run(opener, "reviews")

    hand_in(opener, sample("rpo"), ATTACHED)
    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Review).status == "withdrawn"
        assert [row.kind for row in waiting(books)] == ["qualification"]


GUARANTEE = """  guarantee:
    days: 90
    steps:
      - {until: 30, refund: 1}
      - {until: 60, refund: 0.6}
      - {until: 90, refund: 0.3}
    replacement_days: 30
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("rpo", "2029-05-01", "2026-11-04", "document-expired fatal"),
        ("rpo", "2024-05-01", "2026-11-05", "document-not-yet-valid fatal"),
        ("rpo", "2029-05-01", "2026-12-01", "document-expires-soon warning"),
        ("rpo", "2029-05-01", "2029-06-01", "document-ends-otherwise warning"),
        ("rpo", "2029-05-01", "2029-04-30", "document-ends-a-day-later warning"),
        ("rpo", "2024-05-01", "2024-05-02", "document-begins-otherwise warning"),
        ("rpo", "holder: 深圳勤途人力资源有限公司", "holder: 勤途", "account-of-another warning"),
        ("rpo", GUARANTEE, "", "contract-cannot-be-set fatal"),
        ("staffing", '"5000000"', '"1999999.99"', "document-figure-too-low fatal"),
        ("staffing", '"5000000"', '"6000000"', "document-figure-differs warning"),
        ("staffing", "registered_capital", "paid_in", "document-figure-missing fatal"),
        ("staffing", "    valid_to: 2028-01-01\n", "", "document-without-end fatal"),
        ("staffing", "2028-01-01", "2028-01-02", "document-too-long warning"),
        (
            "freelance",
            "number: WC-2026-0915",
            "number: WC-2026-0916",
            "document-number-differs warning",
        ),
        ("rpo", '    number: "4000021309200456789"\n    v', *ANOTHER_ACCOUNT),
        ("bpo", "    number: 91310115MA1K4YX365", "    number: 91310115MA1K4YX366", ANOTHER),
    ],
)
def test_what_a_check_finds_is_kept_with_its_level(opener, name, old, new, expected):
    hand_in(opener, changed(name, old, new))
    run(opener, "onboarding")

    with opener()() as books:
        found = {f"{row.code} {row.level}" for row in books.session.exec(select(CheckFinding))}
        assert expected in found


def test_no_finding_shows_a_number_of_anybody(opener, tmp_path):
    licence_of_another(tmp_path, number="91440300MA5F7Q2R9X", holder="另一家公司")
    hand_in(opener, sample("rpo"), tmp_path)
    run(opener, "onboarding")

    with opener()() as books:
        told = " ".join(row.message for row in books.session.exec(select(CheckFinding)))
        assert "document-number-differs" in {
            row.code for row in books.session.exec(select(CheckFinding))
        }
        assert "91440300" not in told
