import os
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.make import MASTER_KEY
from tests.told import TOLD, played, ticking
from vendorops.books import forget_engines, migrate
from vendorops.books.engine import engine
from vendorops.demo import show, story, tell
from vendorops.demo.supplier_side import claims
from vendorops.invariants import verify
from vendorops.settings import SIMULATED, Settings
from vendorops.tables import BankAccount, CallBack, Contact, Contract, LogHead, Supplier

REFRESH = "VENDOROPS_REFRESH_GOLDEN"


def world(home, address=""):
    """An empty installation in which the story can be told."""
    (home / SIMULATED).touch()
    settings = Settings.at(home, address)
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    return ticking(settings)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The month, told once on SQLite."""
    made = ticking(played(tmp_path_factory), TOLD)
    yield made
    engine(made.settings).dispose()
    forget_engines()


def tables(told):
    with told.act("reader", story.FILED) as books:
        return show(books)


def end(told):
    with told.act("reader", story.FILED) as books:
        head = books.session.exec(select(LogHead)).one()
        return head.seq, head.hash


def test_every_supplier_is_paid_what_was_settled_less_the_tax_withheld(told):
    *suppliers, together = tables(told)["What happened"]

    assert [row["program"] for row in suppliers] == ["bpo", "freelance", "rpo", "staffing"]
    for row in suppliers:
        assert row["paid"] == row["settled"] + row["vat"] - row["withheld"]
        assert row["payment"] == "sent"
    assert together["claimed"] == together["settled"] + together["not paid"]


def test_about_one_line_in_five_is_wrong_and_every_one_is_found(told):
    found = tables(told)["Exceptions found"]

    assert len({(row["invoice"], row["line"]) for row in found}) == 9
    assert {row["reason"] for row in found} == {
        "reference_unknown",
        "quantity_above_accepted",
        "duplicate_line",
        "price_above_term",
        "price_below_term",
    }
    assert {row["treatment"] for row in found} == {"disputed", "tolerated"}


def test_a_supplier_is_paid_to_its_new_account_once_that_is_proved_and_has_cooled_off(told):
    with told.act("reader", story.FILED) as books:
        supplier = books.session.exec(
            select(Supplier).join(Contract).filter_by(program="bpo")
        ).one()
        accounts = books.session.exec(
            select(BankAccount)
            .filter_by(party_id=supplier.party_id)
            .order_by(BankAccount.reference)
        ).all()
        called = books.session.exec(
            select(CallBack).filter_by(bank_account_id=accounts[1].id)
        ).one()
        since = books.get(Contact, called.contact_id).since

    assert [row.status for row in accounts] == ["superseded", "active"]
    assert accounts[1].proposed_by == "he.yunshu"
    assert story.MOVED - since > timedelta(days=30)
    assert accounts[1].active_from - story.MOVED == timedelta(days=3)
    listed = {row["account"]: row for row in tables(told)["Bank accounts"]}
    assert len(listed) == 6
    for row in accounts:
        assert (listed[row.reference]["status"], listed[row.reference]["since"]) == (
            row.status,
            story.COOLED,
        )


def test_those_on_file_and_the_owner_are_told_of_the_new_account(told):
    [*_, moved] = sorted(told.settings.outgoing.glob("ACC-*-owner-*.eml"))
    letters = list(told.settings.outgoing.glob(f"{moved.name[:15]}-*.eml"))

    assert len(letters) == 2
    assert any(b"contracts@yunshu.example" in path.read_bytes() for path in letters)


def test_the_books_are_clean_after_the_story(told):
    with told.act("system:verify", story.FILED) as books:
        assert verify(books).violations == []


def test_telling_the_story_again_changes_nothing(told):
    before = end(told)

    list(tell(told))

    assert end(told) == before


def test_every_document_named_in_the_report_lies_where_it_says(told):
    for row in tables(told)["Documents"]:
        assert (told.settings.home / row["path"]).stat().st_size == row["bytes"]


def test_the_shipped_claims_are_what_the_suppliers_bookkeeping_writes(told):
    with told.act("reader", story.CLAIMED) as books:
        written = claims(books)

    folder = story.SAMPLES / "claims"
    if os.environ.get(REFRESH):
        for name, data in written.items():
            (folder / name).write_bytes(data)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written


def test_postgresql_comes_to_the_same_figures_by_one_setting(told, tmp_path, new_database):
    other = world(tmp_path, new_database())
    list(tell(other))

    for title in ("What happened", "Exceptions found"):
        assert tables(other)[title] == tables(told)[title]
    with other.act("system:verify", story.FILED) as books:
        assert verify(books).violations == []
    engine(other.settings).dispose()
