"""Each invariant of tasks notices the rows that break it."""

import pytest
from sqlalchemy import text

from tests import make
from tests.stages.tasks.story import FIRST, SECOND, applied, given, handed_in, judged, posted, run
from tests.stages.tasks.story import signed as sign
from vendorops.invariants import check, every

SEEDS = (
    ("S53", "UPDATE task SET slots = 1"),
    ("S53", "UPDATE task SET status = 'posted'"),
    ("S54", "UPDATE task SET posted_on = '2026-11-01'"),
    ("S54", "UPDATE taskassignment SET assigned_on = '2026-11-03'"),
    ("S54", "UPDATE taskassignment SET signed_on = '2026-11-05'"),
    ("S54", "UPDATE workorder SET starts_on = '2026-11-05'"),
    ("S55", "UPDATE task SET price_e6 = price_e6 + 1"),
    ("S55", "UPDATE workorder SET form = 'work_order'"),
    ("S55", "UPDATE taskassignment SET signed_by = 'li.lei' WHERE status = 'accepted'"),
    ("S55", "UPDATE taskassignment SET signed_sha256 = 'another' WHERE status = 'accepted'"),
    ("S56", "DELETE FROM taskevidence"),
    ("S56", "UPDATE taskevidence SET sha256 = 'nowhere'"),
    ("S57", "UPDATE taskdelivery SET accepted_e4 = 1"),
    ("S57", "UPDATE workitem SET price_e6 = 1"),
    ("S57", "UPDATE workitem SET accepted_e4 = 1"),
    ("S58", "UPDATE decision SET answered_by = 'wang.xiaoming' WHERE kind = 'acceptance'"),
    ("S58", "UPDATE decision SET answered_by = 'li.lei' WHERE kind = 'task_application'"),
    ("S58", "UPDATE servicesheet SET submitted_by = 'somebody'"),
    (
        "S59",
        """INSERT INTO employee SELECT 1, identifier_scheme, identifier_index, '2026-01-01', NULL,
        '2026-01-01' FROM party WHERE kind = 'person' LIMIT 1""",
    ),
    ("S59", "UPDATE taskapplication SET status = 'turned_down'"),
)


def test_every_broken_row_is_noticed_by_its_invariant(opener, freelancers):
    task = posted(opener)
    row = sign(opener, given(opener, task, freelancers[0]), FIRST)
    applied(opener, task, freelancers[1], SECOND)
    run(opener)
    make.reply(opener, "task_application", "lin.buyer")
    handed_in(opener, row, FIRST)
    run(opener)
    judged(opener)

    for code, statement in SEEDS:
        assert _noticed(opener, code, statement), statement


class _Undone(Exception):  # noqa: N818 - nothing failed.
    pass


def _noticed(opener, code, statement):
    rule = next(rule for rule in every() if rule.code == code)
    found = []
    with pytest.raises(_Undone), opener()() as books:
        connection = books.session.connection()
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        assert connection.execute(text(statement)).rowcount, statement
        found = check(books, rule)
        connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
        raise _Undone
    return found
