"""PostgreSQL keeps and ranks the same people."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.make import AS_OF, MASTER_KEY, talent
from tests.make.talent import CERTIFICATION
from vendorops import labels
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.invariants import check, every
from vendorops.settings import Settings
from vendorops.talent.matching import rank


def test_people_are_ranked_on_postgresql_as_on_sqlite(tmp_path, new_database):
    settings = replace(Settings.at(tmp_path), database=new_database())
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    terms = Terms(AS_OF, "system:test", lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
    with open_books(settings, terms) as books:
        agency = talent.platform(books)
        first = talent.profile(books, agency, 1, certifications=[CERTIFICATION])
        second = talent.profile(books, agency, 2, remuneration=None)
        talent.assessed(books, first, 90, 91, 92, 93, 94)
        text = talent.DEMAND + "  - {kind: certificate, code: omc.web_anchor, level: senior}\n"
        text += "  - {kind: level, code: silver}\n"
        found = rank(books, talent.demand(books, text), labels.formula("2026.1"), 5)
        assert [place.ranked.reference for place in found] == [first.reference]
        assert second.status == "proposable"
        ours = [rule for rule in every() if rule.code in ("S70", "S71", "S72", "S73", "S74")]
        assert [broken for rule in ours for broken in check(books, rule)] == []
    engine(settings).dispose()
    forget_engines()
