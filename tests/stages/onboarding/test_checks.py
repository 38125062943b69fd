import pytest

from tests import make
from tests.stages.onboarding.applying import ATTACHED, changed, hand_in, load, run, sample
from tests.stages.onboarding.sample_papers import applications, papers
from vendorops.books import waiting
from vendorops.documents import LicenceFields, sample_licence
from vendorops.tables import CheckFinding


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
        "number": "91440300MA5F7Q2R8Q",
        "holder": "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd.",
        "scope": "x",
        "valid_from": make.AS_OF,
        "valid_to": make.ENDS_ON,
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


def test_a_file_that_is_no_pdf_stops_the_case_with_a_reason(opener, tmp_path):
    licence_of_another(tmp_path)
    (tmp_path / "rpo-business-licence.pdf").write_bytes(b"GIF89a, not a licence")
    hand_in(opener, sample("rpo"), tmp_path)

    ((_, reason),) = run(opener, "onboarding").refused

    assert reason == ("QUA-2026-000001: business_licence: the file is not a PDF; send a PDF")


GUARANTEE = """  guarantee:
    days: 90
    steps:
      - {until: 30, refund: 1}
      - {until: 60, refund: 0.6}
      - {until: 90, refund: 0.3}
    replacement_days: 30
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "level"),
    [
        ("2029-05-01", "2026-11-04", "document-expired", "fatal"),
        ("2024-05-01", "2026-11-05", "document-not-yet-valid", "fatal"),
        ("2029-05-01", "2026-12-01", "document-expires-soon", "warning"),
        ("holder: 深圳勤途人力资源有限公司", "holder: 勤途", "account-of-another", "warning"),
        (GUARANTEE, "", "contract-cannot-be-set", "fatal"),
    ],
)
def test_what_a_check_finds_is_kept_with_its_level(opener, old, new, code, level):
    hand_in(opener, changed("rpo", old, new))
    run(opener, "onboarding")

    with opener()() as books:
        found = make.only(books, CheckFinding)
        assert (found.code, found.level) == (code, level)
