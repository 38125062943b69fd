"""Pay plans as people and scripts command them."""

from datetime import UTC, date, datetime
from importlib.resources import files

import vendorops.pay_plans
from tests import make
from tests.cli.conftest import find
from tests.stages.earnings.earning import AGREED, SHARE, SOLD, agree, facts, founded, plans, studio
from tests.stages.earnings.test_stopped import change
from tests.stages.settlement.month import company
from vendorops.books import Terms, open_books
from vendorops.domain.lifecycle import SupplierStatus

NOVEMBER = date(2026, 11, 2)


def test_a_plan_is_agreed_facts_are_reported_and_the_lines_are_shown(
    run, settings, monkeypatch, tmp_path
):
    find(monkeypatch, settings)
    said = Terms(AGREED, "system:test", lambda: datetime(2026, 10, 1, 9, tzinfo=UTC))
    with open_books(settings, said) as books:
        company(books)
        of = studio(books).reference
    (tmp_path / "plans.yaml").write_bytes(plans(of, SHARE))
    (tmp_path / "facts.csv").write_text("key,kind,day,amount\ns1,sale,2026-10-05,1000.00\n")
    words = ("earnings", "agree", tmp_path / "plans.yaml", "--as", "lin.buyer", "--json")

    (proposed,) = run(*words, "--as-of", AGREED).rows
    assert (proposed["status"], proposed["waits_for"]) == ("draft", "approver")
    answered = run(
        *("decide", proposed["decision"], "approve", "--reason", "as signed"),
        *("--as", "wang.approver", "--as-of", AGREED),
    )
    assert answered.code == 0, answered.err
    table = (tmp_path / "facts.csv", "--contract", of, "--as", "zhao.finance", "--json")
    told = run("earnings", "report", *table, "--as-of", NOVEMBER)

    assert told.of("report") == [
        {"kind": "report", "contract": of, "new": 1, "known": 0, "refused": None}
    ]
    shown = run("earnings", "show", "--contract", of, "--json", "--as-of", NOVEMBER)
    (line,) = shown.of("line")
    assert (line["stretch"], line["entered"], line["status"]) == ("2026-10", "600.00", "submitted")
    (statement,) = shown.of("statement")
    assert statement["formula"] == "share 600.00 = 0.60 x 1000.00, half up"
    assert run("explain", line["line"]).code == 0


def test_a_report_that_is_refused_says_which_fact_and_enters_nothing(
    run, settings, monkeypatch, tmp_path
):
    find(monkeypatch, settings)
    said = Terms(AGREED, "system:test", lambda: datetime(2026, 10, 1, 9, tzinfo=UTC))
    with open_books(settings, said) as books:
        company(books)
        of = studio(books).reference
        make.signer(books, make.party(books), "he.other")
    (tmp_path / "facts.yaml").write_bytes(facts(of, s1="kind: sale, day: 2026-10-05, amount: 1"))

    file = (tmp_path / "facts.yaml", "--as-of", NOVEMBER)
    assert "no agreed pay plan" in run("earnings", "report", *file, "--as", "lin.buyer").err
    assert "neither belongs to" in run("earnings", "report", *file, "--as", "he.other").err


def test_a_report_whose_lines_are_refused_enters_its_facts_and_ends_with_1(
    run, settings, monkeypatch, tmp_path, opener
):
    find(monkeypatch, settings)
    of = founded(opener)
    with opener(as_of=AGREED)() as books:
        broker = studio(books, "6222020200012349999").reference
    whole = SHARE.replace("0.60", "1")
    agree(opener, of, f"{whole}, parts: [{{to: self, share: 0.6}}, {{to: {broker}, share: 0.4}}]")
    change(opener, broker, SupplierStatus.SUSPENDED, date(2026, 10, 2))
    (tmp_path / "facts.yaml").write_bytes(facts(of, s1=SOLD))
    words = (tmp_path / "facts.yaml", "--as", "zhao.finance", "--as-of", NOVEMBER, "--json")

    told = run("earnings", "report", *words)

    (report,) = told.of("report")
    assert (told.code, report["new"], [row["key"] for row in told.of("fact")]) == (1, 1, ["s1"])
    assert "was stopped on 2026-10-02" in report["refused"]


def test_worked_cases_are_tried_without_books(run, monkeypatch, tmp_path):
    monkeypatch.setenv("VENDOROPS_HOME", str(tmp_path / "nowhere"))
    shipped = files(vendorops.pay_plans) / "commission.cases.yaml"

    told = run("earnings", "try", shipped, "--json")

    assert (told.code, {row["as_expected"] for row in told.of("case")}) == (0, {"yes"})
    assert told.of("statement")[0]["earned"] == "3000.00"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(shipped.read_text().replace("earned: 3000.00", "earned: 3000.01"))
    told = run("earnings", "try", wrong)
    assert told.code == 1
    assert "1 of 4 cases came to something else" in told.err
    assert not (tmp_path / "nowhere").exists()
