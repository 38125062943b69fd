"""Terms that no price says, as people and scripts command them."""

from datetime import UTC, date, datetime

from tests import make
from tests.cli.conftest import find
from tests.stages.adjustments.agreed import agency, terms, worked
from vendorops.books import Terms, open_books
from vendorops.tables import Contract

FEE = "kind: program_fee, share: 0.03, valid_from: 2026-01-01"
MAY = date(2026, 5, 4)


def test_terms_are_proposed_agreed_by_another_and_listed_with_their_lines(
    run, settings, monkeypatch, tmp_path
):
    find(monkeypatch, settings)
    said = Terms(date(2026, 4, 1), "system:test", lambda: datetime(2026, 4, 1, 9, tzinfo=UTC))
    with open_books(settings, said) as books:
        agency(books)
        worked(books, "2026-04", "100")
        (tmp_path / "terms.yaml").write_bytes(terms(make.only(books, Contract), FEE))
    words = ("adjustment", "load", tmp_path / "terms.yaml", "--as", "lin.buyer", "--json")

    (proposed,) = run(*words, "--as-of", MAY).rows

    assert (proposed["what"], proposed["status"]) == ("program_fee", "draft")
    assert proposed["waits_for"] == "approver"
    assert proposed["steps"] == ["0.03 from 0.00 CNY"]
    answered = run(
        *("decide", proposed["decision"], "approve", "--reason", "as signed"),
        *("--as", "wang.approver", "--as-of", MAY),
    )
    assert answered.code == 0, answered.err
    assert run(*words, "--as-of", MAY).rows[0]["status"] == "agreed"

    listed = run("adjustment", "list", "--contract", proposed["contract"], "--json")

    (line,) = listed.of("line")
    assert (line["month"], line["reason"], line["amount"]) == ("2026-04", "program_fee", "30.00")
    assert listed.of("term")[0]["closed_through"] == "2026-04"
