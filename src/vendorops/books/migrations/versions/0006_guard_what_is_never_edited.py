"""Guard what is never edited; nothing is booked in a closed month."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEVER_EDITED = ("event", "transfer", "invoiceline", "invoicesource", "allocation", "difference", "settlementline",
    "settlementcredit", "referencecorrection", "adjustmentline", "sealedwork", "selfbilledline", "assessment",
    "talentverification", "bankmatch", "bankcharge", "partreturn", "filingline", "filingreceipt", "filingsheet", "informationreturn",
    "officetemplate", "earningfact")
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

# Keys of rows that are entered by the hundred thousand are looked up once for all rows of a statement:
# PostgreSQL's own constraints lock what each row names, which takes longer than to write the row. Of the
# table that is named only the span between the least and the greatest key is looked through.
OF_LINES = {"reconciliation_id": "reconciliation", "invoice_line_id": "invoiceline"}
REFERRING = {"allocation": {**OF_LINES, "work_item_id": "workitem"}, "difference": OF_LINES}
POSTGRES_REFERS_FUNCTION = """
CREATE FUNCTION vendorops_refers() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE missing bigint; least bigint; most bigint; BEGIN
FOR at IN 0 .. TG_NARGS / 2 - 1 LOOP
EXECUTE format('SELECT min(%1$I), max(%1$I) FROM entered', TG_ARGV[2 * at]) INTO least, most;
EXECUTE format('SELECT min(e.%1$I) FROM entered AS e WHERE e.%1$I IS NOT NULL AND NOT EXISTS '
  '(SELECT 1 FROM %2$I AS p WHERE p.id = e.%1$I AND p.id BETWEEN %3$L AND %4$L)',
  TG_ARGV[2 * at], TG_ARGV[2 * at + 1], least, most) INTO missing;
IF missing IS NOT NULL THEN
RAISE foreign_key_violation USING MESSAGE = format('%s.%s: there is no %s %s',
  TG_TABLE_NAME, TG_ARGV[2 * at], TG_ARGV[2 * at + 1], missing);
END IF; END LOOP; RETURN NULL; END $$
"""
POSTGRES_REFERS = """
CREATE TRIGGER {table}_refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS entered
FOR EACH STATEMENT EXECUTE FUNCTION vendorops_refers({links})
"""
POSTGRES_KEPT = """
CREATE TRIGGER {table}_kept BEFORE DELETE OR UPDATE OF id ON {table}
FOR EACH ROW EXECUTE FUNCTION vendorops_never_edited()
"""


def refer_by_sets() -> None:
    """Check what some tables name once for each statement, and keep what they name."""
    op.execute(POSTGRES_REFERS_FUNCTION)
    for table, links in REFERRING.items():
        for column in links:
            op.drop_constraint(f"fk_{table}_{column}", table, type_="foreignkey")
        listed = ", ".join(f"'{column}', '{target}'" for column, target in links.items())
        op.execute(POSTGRES_REFERS.format(table=table, links=listed))
    for table in ("reconciliation", "workitem"):  # Lines of claims are never edited anyhow.
        op.execute(POSTGRES_KEPT.format(table=table))


def upgrade() -> None:
    """Begin the chain of events and put the guards in place."""
    op.execute(f"INSERT INTO loghead (id, seq, hash) VALUES (1, 0, '{GENESIS}')")
    lite = op.get_context().dialect.name == "sqlite"
    if not lite:
        op.execute(POSTGRES_FUNCTION)
        op.execute(POSTGRES_CLOSED_FUNCTION)
        # Work is reported, accepted and claimed: with room on its page, its indices stay as they are.
        op.execute("ALTER TABLE workitem SET (fillfactor = 50)")
        refer_by_sets()
    for table in NEVER_EDITED:
        for verb in ("UPDATE", "DELETE"):
            op.execute((SQLITE if lite else POSTGRES).format(table=table, verb=verb))
    op.execute(SQLITE_CLOSED if lite else POSTGRES_CLOSED)
    for verb in ("UPDATE", "DELETE"):
        op.execute((SQLITE if lite else POSTGRES).format(table="ruleverdict", verb=verb))
