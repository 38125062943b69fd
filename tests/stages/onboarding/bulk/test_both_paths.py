"""Rows of a spreadsheet leave the very books that the same applications leave one by one."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests import make
from tests.faults.dump import differences, dump
from tests.make import MASTER_KEY
from tests.stages.onboarding.applying import ATTACHED
from tests.stages.onboarding.bulk.many import NAMES, lines, row
from tests.stages.onboarding.sample_papers import SAMPLES
from vendorops.books import Terms, open_books
from vendorops.books.engine import engine
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings
from vendorops.stages import stage, sweep, sweep_together
from vendorops.stages.onboarding import apply, load_company
from vendorops.stages.onboarding.bulk import PARTIAL, as_handed_in, enter_lines, judge

WRONG = {
    "bank_account.number": "1001234509006789012",
    "contract.cap": "0",
    "contract.particulars.colour": "red",
    "documents.1.file": "no.pdf",
    "documents.1.valid_to": "2026-11-20",
    "party.name": "另一个名字 Another Name",
    "signer": "gao.staffing",
    "contract.start": "2027-10-02",
}
"""What makes some applications refused, some refused when they are checked, and some only odd."""
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sets(st.sampled_from(sorted(WRONG)), max_size=2)),
    min_size=1,
    max_size=5,
)


class Installation:
    """Empty books with our company in them, in a folder of their own."""

    def __init__(self, migrated, home):
        self.settings = Settings.at(Path(home))
        copyfile(migrated, self.settings.home / "books.db")
        self.settings.key_file.write_bytes(MASTER_KEY)
        self.settings.key_file.chmod(0o600)
        self._ticks = count()
        with self.open("system:company")() as books:
            load_company(books, (SAMPLES / "company.yaml").read_bytes())

    def open(self, actor):
        def now():
            return datetime(2026, 11, 5, 9, 0, next(self._ticks) // 10**6, tzinfo=UTC)

        return lambda: open_books(self.settings, Terms(make.AS_OF, actor, now))

    def dumped(self):
        """Every row, and the files that a row names: what was refused may leave others behind."""
        with self.open("reader")() as books:
            told = dump(books)
        engine(self.settings).dispose()
        named = "".join(told["storeddocument"])
        told["documents"] = [file for file in told["documents"] if file.partition(".")[0] in named]
        return told


@examples(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=ROWS)
def test_bulk_and_single_applications_leave_the_same_books(migrated, drawn):
    given_lines = lines(*(row(name) | {key: WRONG[key] for key in wrong} for name, wrong in drawn))
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        bulk, single = Installation(migrated, first), Installation(migrated, second)

        enter_lines(bulk.open("portal"), given_lines, ATTACHED, PARTIAL)
        with bulk.open("system:onboarding")() as books:
            idents = stage("onboarding").ready(books)
        sweep_together("onboarding", bulk.open("system:onboarding"), idents)
        for judged in judge(given_lines, ATTACHED):
            if not judged.reasons:
                with suppress(Refused), single.open("portal")() as books:
                    apply(books, as_handed_in(judged.line), ATTACHED)
        sweep("onboarding", single.open("system:onboarding"))

        assert differences(single.dumped(), bulk.dumped()) == []
