import pytest
from sqlmodel import select

from tests import make
from tests.gateways import containers as made
from tests.stages.intake.claims import known, paper, statement, written
from vendorops.documents import kept
from vendorops.stages import sweep
from vendorops.stages.intake import inside, receive
from vendorops.tables import ContainedFile, Container, Event, Invoice, ReceivedFile


def take(opener, data, name):
    with opener()() as books:
        return receive(books, data, name).id


def run(opener):
    """Run the stage until nothing is ready, as a schedule would."""
    refused = []
    for _ in range(4):
        refused += sweep("intake", opener()).refused
    return refused


def files(books):
    return {row.name: row.status for row in books.session.exec(select(ReceivedFile))}


def test_a_mail_with_an_archive_is_opened_and_the_claims_in_it_are_booked(opener):
    with opener()() as books:
        of = known(books)
        inner = made.archive({"invoice.xml": written("ubl", paper(of)), "note.txt": b"Dear all"})
    take(opener, made.mail(("october.zip", inner)), "IN 1.eml")

    refused = run(opener)

    assert [sentence[:40] for _, sentence in refused] == [
        "the file is in no format that we read; s"
    ]
    with opener()() as books:
        assert files(books) == {
            "IN 1.eml": "opened",
            "october.zip": "opened",
            "invoice.xml": "booked",
            "note.txt": "rejected",
        }
        assert make.only(books, Invoice).number == "HX-2026-10"
        outer = books.session.exec(select(Container).where(Container.kind == "mail")).one()
        assert (outer.sender, outer.subject) == ("Rechnungen <billing@example.org>", "Invoice")
        assert [row.name for row in inside(books, outer.received_file_id)] == ["october.zip"]


def test_the_same_file_by_mail_and_by_itself_is_one_file_and_booked_once(opener):
    with opener()() as books:
        data = written("ubl", paper(known(books)))
    alone = take(opener, data, "portal.xml")
    take(opener, made.mail(("mail.xml", data)), "IN 1.eml")
    take(opener, made.mail(("mail.xml", data), subject="again"), "IN 2.eml")

    assert run(opener) == []

    with opener()() as books:
        assert make.only(books, Invoice).received_file_id == alone
        came = books.session.exec(select(ContainedFile)).all()
        assert [row.received_file_id for row in came] == [alone, alone]


def test_who_a_mail_says_it_is_from_decides_nothing(opener):
    with opener()() as books:
        of = known(books)
        data = statement(of)
        sender = f"{of.supplier.reference}@example.org"
    stripped = data.replace(b"seller id", b"buyer")
    take(opener, made.mail(("s.csv", stripped), sender=sender), "IN 1.eml")

    run(opener)

    with opener()() as books:
        assert files(books)["s.csv"] == "in_review"
        assert not books.session.exec(select(Invoice)).all()


@pytest.mark.parametrize("levels", [3, 5])
def test_containers_in_containers_in_containers_are_set_aside(opener, levels):
    with opener()() as books:
        claim = written("ubl", paper(known(books)))
    take(opener, made.nested(levels, claim), "outer.zip")

    ((_, sentence),) = run(opener)

    assert "E_ZIP_LIMIT: it lies in a container in a container" in sentence
    with opener()() as books:
        found = files(books)
        assert found[f"level{levels - 1}.zip"] == "opened"
        assert found[f"level{levels - 2}.zip"] == "quarantined"
        assert not books.session.exec(select(Invoice)).all()


@pytest.mark.parametrize("bad", [made.linked, made.lying], ids=["link", "lying bomb"])
def test_an_unsafe_archive_is_kept_by_its_hash_and_leaves_nothing_else(opener, bad):
    data = bad()
    ident = take(opener, data, "bad.zip")

    ((_, sentence),) = run(opener)

    assert sentence.startswith("E_ZIP_")
    with opener()() as books:
        file = make.only(books, ReceivedFile)
        assert (file.id, file.status) == (ident, "quarantined")
        assert kept(books, file.sha256) == data
        assert not books.session.exec(select(Container)).all()
    assert run(opener) == []


def test_opening_a_container_again_changes_nothing_in_the_books(opener):
    with opener()() as books:
        data = made.archive({"a.xml": written("ubl", paper(known(books)))})
    ident = take(opener, data, "a.zip")
    run(opener)
    with opener()() as books:
        events = len(books.session.exec(select(Event)).all())

    take(opener, data, "b.zip")
    sweep("intake", opener(), [ident])

    with opener()() as books:
        assert len(books.session.exec(select(Event)).all()) == events


def test_an_empty_member_is_a_row_of_its_own_that_is_refused_and_the_rest_is_booked(opener):
    with opener()() as books:
        data = written("ubl", paper(known(books)))
    ident = take(opener, made.archive({"a.xml": data, "b.xml": b"", "c.pdf": b""}), "october.zip")

    refused = run(opener)

    assert [sentence for _, sentence in refused] == ["the file is empty; ask for it again"]
    with opener()() as books:
        came = inside(books, ident)
        assert [row.name for row in came] == ["a.xml", "b.xml", "c.pdf"]
        states = [books.get(ReceivedFile, row.received_file_id).status for row in came]
        assert states == ["booked", "rejected", "rejected"]
