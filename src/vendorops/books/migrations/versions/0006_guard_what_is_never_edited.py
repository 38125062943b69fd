"""Guard what is never edited; nothing is booked in a closed month."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEVER_EDITED = ("event", "transfer", "invoiceline", "invoicesource", "allocation", "difference", "settlementline",
    "settlementcredit", "referencecorrection", "adjustmentline", "sealedwork", "selfbilledline", "assessment",
    "talentverification")
GENESIS = "0" * 64

SQLITE = """
CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are never edited; reverse and replace'); END
"""
SQLITE_CLOSED = """
CREATE TRIGGER transfer_open_month BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM closedmonth WHERE month = substr(NEW.business_day, 1, 7))
BEGIN SELECT RAISE(ABORT, 'the month of this transfer is closed'); END
"""
POSTGRES_FUNCTION = """
CREATE FUNCTION vendorops_never_edited() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never edited; reverse and replace', TG_TABLE_NAME; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION vendorops_never_edited()
"""
POSTGRES_CLOSED_FUNCTION = """
CREATE FUNCTION vendorops_open_month() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF EXISTS (SELECT 1 FROM closedmonth WHERE month = to_char(NEW.business_day, 'YYYY-MM')) THEN
RAISE EXCEPTION 'the month of this transfer is closed'; END IF; RETURN NEW; END $$
"""
POSTGRES_CLOSED = """
CREATE TRIGGER transfer_open_month BEFORE INSERT ON transfer
FOR EACH ROW EXECUTE FUNCTION vendorops_open_month()
"""


def upgrade() -> None:
    """Begin the chain of events and put the guards in place."""
    op.execute(f"INSERT INTO loghead (id, seq, hash) VALUES (1, 0, '{GENESIS}')")
    lite = op.get_context().dialect.name == "sqlite"
    if not lite:
        op.execute(POSTGRES_FUNCTION)
        op.execute(POSTGRES_CLOSED_FUNCTION)
        # Work is reported, accepted and claimed: with room on its page, its indices stay as they are.
        op.execute("ALTER TABLE workitem SET (fillfactor = 50)")
    for table in NEVER_EDITED:
        for verb in ("UPDATE", "DELETE"):
            op.execute((SQLITE if lite else POSTGRES).format(table=table, verb=verb))
    op.execute(SQLITE_CLOSED if lite else POSTGRES_CLOSED)
    for verb in ("UPDATE", "DELETE"):
        op.execute((SQLITE if lite else POSTGRES).format(table="ruleverdict", verb=verb))
