"""What was accepted under a contract, month by month, as adjustments count it."""

from collections.abc import Sequence

from sqlalchemy import bindparam, text
from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.adjustments import Volume, number_of
from vendorops.domain.lifecycle import DeliveryStatus, ServiceSheetStatus
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES
from vendorops.domain.money import exponent
from vendorops.tables import Contract, Delivery, ServiceSheet
from vendorops.working.service_fees import ACCEPTED

VOLUMES = """
    SELECT s.month, CAST(SUM(w.accepted_e4) AS BIGINT) AS quantity_e4,
      CAST(SUM(w.accepted_e4 * w.price_e6 / :divisor
        + 2 * (w.accepted_e4 * w.price_e6 % :divisor) / :divisor) AS BIGINT) AS minor
    FROM workitem AS w JOIN servicesheet AS s ON s.id = w.service_sheet_id
    WHERE w.contract_id = :contract_id AND w.currency = :currency AND w.accepted_e4 > 0{of}
    GROUP BY s.month
"""
"""Each piece of work is rounded half up by itself, as it is claimed and matched."""
ALL = text(VOLUMES.format(of=""))
SOME = text(VOLUMES.format(of=" AND w.term IN :terms")).bindparams(
    bindparam("terms", expanding=True)
)


def accepted_volumes(
    books: Books, contract: Contract, categories: Sequence[str], measure: str
) -> dict[int, Volume]:
    """Return what was accepted of some categories of work, by the number of its month."""
    given: dict[str, object] = {
        "contract_id": contract.id,
        "currency": contract.currency,
        "divisor": 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(contract.currency)),
        **({"terms": list(categories)} if categories else {}),
    }
    books.session.flush()
    rows = books.session.connection().execute(SOME if categories else ALL, given)
    return {
        number_of(row.month): Volume(
            int(row.quantity_e4 if measure == "quantity" else row.minor), int(row.minor)
        )
        for row in rows
    }


def accepted_sheets(books: Books, contract: Contract) -> int:
    """Return how many sheets of a contract were accepted, whole or in part."""
    query = select(func.count()).where(
        col(ServiceSheet.contract_id) == contract.id, col(ServiceSheet.status).in_(ACCEPTED)
    )
    return books.session.exec(query).one()


def undecided_months(books: Books, contract: Contract) -> set[int]:
    """Return the months of which some work waits to be accepted, or to be put on a sheet."""
    sheets = select(ServiceSheet.month).where(
        col(ServiceSheet.contract_id) == contract.id,
        col(ServiceSheet.status) == ServiceSheetStatus.SUBMITTED,
    )
    deliveries = select(Delivery.month).where(
        col(Delivery.contract_id) == contract.id,
        col(Delivery.status) == DeliveryStatus.SUBMITTED,
    )
    return {
        number_of(month)
        for query in (sheets.distinct(), deliveries.distinct())
        for month in books.session.exec(query)
    }
