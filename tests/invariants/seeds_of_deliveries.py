"""Ways to break what must be true of deliveries under statements of work and of service levels."""

from tests.invariants.seed import Seed, changed, seed

WORK = "(SELECT min(id) FROM workitem WHERE accepted_e4 > 10000 AND accepted_e4 = quantity_e4)"
CONTRACT = f"(SELECT contract_id FROM workitem WHERE id = {WORK})"  # noqa: S608 - of these tests.


def entered(table: str, **columns: object) -> str:
    """Return SQL that enters a row; text is quoted, unless it is a query between brackets."""
    values = [
        str(value) if not isinstance(value, str) or value.startswith("(") else f"'{value}'"
        for value in columns.values()
    ]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)})"  # noqa: S608 - of these tests.


def order(budget: int = 10**12) -> str:
    return entered(
        "workorder",
        id=1,
        reference="SOW-1",
        form="statement_of_work",
        contract_id=CONTRACT,
        title="Archive",
        starts_on="2026-10-01",
        ends_on="2027-01-01",
        currency="CNY",
        budget_minor=budget,
        revision=0,
        requested_by="lin.buyer",
        ordered_on="2026-10-01",
        status="active",
    )


def line(kind: str = "unit", most: int = 0, due_on: str = "2026-10-01") -> str:
    return entered(
        "orderline",
        id=2,
        work_order_id=1,
        number=1,
        revision=0,
        code="document_processed",
        kind=kind,
        description="Documents",
        unit="C62",
        price_e6=0,
        pay_e6=0,
        most_e4=most,
        due_on=due_on,
        valid_from="2026-10-01",
    )


UNDER_IT = f"UPDATE workitem SET order_line_id = 2 WHERE id = {WORK}"  # noqa: S608 - of these tests.


def of_work(column: str, table: str = "workitem") -> str:
    joined = "JOIN servicesheet ON servicesheet.id = workitem.service_sheet_id"
    return f"(SELECT {table}.{column} FROM workitem {joined} WHERE workitem.id = {WORK})"  # noqa: S608 - of these tests.


def delivery(ident: int = 3, **more: object) -> str:
    columns: dict[str, object] = {
        "id": ident,
        "reference": f"DEL-{ident}",
        "work_order_id": 1,
        "order_line_id": 2,
        "contract_id": CONTRACT,
        "month": of_work("month", "servicesheet"),
        "delivered_on": of_work("performed_on"),
        "description": "Documents",
        "quantity_e4": of_work("quantity_e4"),
        "submitted_by": of_work("submitted_by", "servicesheet"),
        "submitted_on": "2026-11-01",
        "work_item_id": WORK,
        "grade": "",
        "status": "accepted",
    }
    return entered("delivery", **(columns | more))


def proved(ident: int = 3) -> str:
    proof = "(SELECT min(sha256) FROM storeddocument)"
    return entered("deliveryevidence", id=ident + 10, delivery_id=ident, sha256=proof)


DELIVERED = (order(), line(), UNDER_IT, delivery(), proved())
FINED = entered(
    "deliveryterm",
    id=4,
    work_order_id=1,
    number=0,
    acceptance="",
    grades="",
    least_grade="",
    late_share_e6=5_000,
    late_cap_e6=100_000,
)
CLOSED = entered(
    "servicemonth",
    id=5,
    reference="SLM-5",
    contract_id=CONTRACT,
    month=of_work("month", "servicesheet"),
    number=1,
    opened_on="2026-11-01",
    fees_minor=1,
    sheets=1,
    closed_on="2026-11-03",
    status="closed",
)
MEMO = entered(
    "creditmemo",
    id=6,
    reference="CRM-6",
    contract_id=CONTRACT,
    kind="service_level",
    month="2026-10",
    source_table="servicemonth",
    source_id=5,
    source_reference="SLM-5",
    sentence="",
    basis="{}",
    currency="CNY",
    net_minor=1,
    tax_category="O",
    tax_rate_e4=0,
    tax_minor=0,
    applied_minor=0,
    raised_by="gao.ops",
    raised_on="2026-11-03",
    status="draft",
)


def unseen(code: str, what: str, *statements: str, kin: str = "") -> Seed:
    """A seed of rows that the history never saw entered."""
    return seed(code, what, *statements, kin=f"S02 {kin}")


SEEDS = (
    unseen("M50", "an event was accepted twice", order(), line("event"), UNDER_IT),
    unseen("M50", "more than the most was accepted", order(), line(most=10_001), UNDER_IT),
    unseen("M51", "more than the budget was accepted", order(budget=1), line(), UNDER_IT),
    unseen("M52", "a delivery without evidence", *DELIVERED[:-1]),
    unseen(
        "M52",
        "a delivery says it was rejected",
        *DELIVERED,
        changed("delivery", "status = 'rejected'"),
    ),
    unseen(
        "M52",
        "a delivery on a sheet without its work",
        *DELIVERED,
        changed("delivery", "work_item_id = NULL"),
    ),
    unseen(
        "M53",
        "what was accepted was delivered again",
        *DELIVERED,
        delivery(8, rework_of_id=3, work_item_id="(NULL)", status="submitted"),
        proved(8),
    ),
    unseen("M54", "a late delivery was not fined", *DELIVERED, FINED),
    unseen("M55", "a credit without a missed level", CLOSED, MEMO, kin="M56"),
    unseen("M56", "a closing that counted other fees", CLOSED, kin="M55"),
)
