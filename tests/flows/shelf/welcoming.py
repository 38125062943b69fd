"""A stage of a few lines whose suppliers say by their kind how they will fare."""

from sqlmodel import col, select

from vendorops.domain.lifecycle import SupplierStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.tables import Supplier

SUBJECT = Supplier
HEALED: set[int] = set()


def ready(books):
    query = select(Supplier.id).where(col(Supplier.status) == SupplierStatus.REQUESTED)
    return list(books.session.exec(query.order_by(col(Supplier.id))))


def advance(books, ident):
    supplier = books.get(Supplier, ident)
    if supplier.kind == "patient":
        return Step.WAITING
    if supplier.kind == "unwelcome":
        raise Refused("the application names no contact; add one | and apply again")
    if supplier.kind == "unforeseen":
        raise KeyError(supplier.reference)
    if supplier.kind == "unlucky" and ident not in HEALED:
        HEALED.add(ident)
        raise ConnectionResetError(supplier.reference)
    books.move(supplier, SupplierStatus.REGISTERED, because="welcome")
    return Step.DONE
