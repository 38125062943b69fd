"""The posts that dispatched workers fill, as somebody declared them."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, or_, select

from vendorops.books import Books, log
from vendorops.books.standing import refuse_outsider
from vendorops.domain.dispatch import Post
from vendorops.domain.periods import Period
from vendorops.tables import Contract, DispatchPost, WorkOrder

SAID = {"yes": True, "no": False}


def declare_post(
    books: Books, contract: Contract, told: Mapping[str, str | date | None]
) -> DispatchPost:
    """Enter what is known of a post, by columns of `DispatchPost`; the last word holds."""
    refuse_outsider(books)
    log.lock(books.session)
    row = DispatchPost(
        id=books.key(),
        reference=books.reference("PST"),
        contract_id=contract.id,
        entered_by=books.actor,
        entered_on=books.as_of,
        **told,  # type: ignore[arg-type]  # each column has the kind of its name.
    )
    return books.enter(row, because=f"{row.kind} post {row.name} under {contract.reference}")


def post_of(books: Books, order: WorkOrder) -> Post:
    """Return the last word on the post that an order is for, by its role or its title."""
    names = [name for name in (order.role, order.title) if name]
    query = select(DispatchPost).where(
        col(DispatchPost.contract_id) == order.contract_id,
        or_(*(col(DispatchPost.name) == name for name in names)),
    )
    row = books.session.exec(query.order_by(col(DispatchPost.id).desc())).first()
    if row is None:
        return Post()
    procedure = SAID.get(row.procedure_done)
    return Post(
        kind=row.kind,
        exists=Period(row.exists_from, order.ends_on) if row.exists_from else None,
        main_business=SAID.get(row.main_business),
        congress_discussed=procedure,
        negotiated=procedure,
        published=procedure,
        absent_employee=row.absent_employee,
        absent_because=row.absent_because,
        absent_until=row.absent_until,
    )
