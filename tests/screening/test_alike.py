from sqlalchemy import event, text

from tests import make
from vendorops.screening import alike


def test_a_name_is_looked_up_by_an_index_and_not_by_reading_all_parties(opener):
    with opener()() as books:
        for number in range(30):
            make.party(books, name=f"Kestrel Catering {number} Ltd")
        asked: list[str] = []
        engine = books.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

        found = alike(books, make.party(books, name="KESTREL CATERING 7 LIMITED"))

        looked_up = [statement for statement in asked if "FROM party" in statement]
        assert [other.party.name for other in found] == ["Kestrel Catering 7 Ltd"]
        assert len(looked_up) == 1
        plan = books.session.connection().execute(
            text("EXPLAIN QUERY PLAN SELECT party_id FROM namekey WHERE key IN ('a', 'b')")
        )
        assert "ix_namekey_key" in str(plan.all())


def test_another_party_is_named_as_people_know_it(opener):
    with opener()() as books:
        ours = make.legal_entity(books)
        supplier = make.supplier(books, make.party(books, name="Kestrel Catering Ltd"))
        like_us = make.party(books, name="星河制造集团 Xinghe Manufacturing Group")
        like_them = make.party(books, name="kestrel-catering")

        assert [one.reference for one in alike(books, like_us)] == [ours.code]
        assert [one.reference for one in alike(books, like_them)] == [supplier.reference]
