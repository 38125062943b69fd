"""Lets suppliers through by how we stand to them: from 1 qualified ones, from 2 preferred ones."""

from vendorops.books import Books
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.tables import Distribution, Supplier

RANKS = {SupplierStatus.QUALIFIED.value: 1, SupplierStatus.PREFERRED.value: 2}


def shut(books: Books, row: Distribution) -> str:
    """Return why the supplier's standing is not enough; nothing where it is."""
    supplier = books.get(Supplier, row.supplier_id)
    rank = RANKS.get(supplier.status, 0)
    if rank >= row.gate_minimum:
        return ""
    return (
        f"{supplier.reference} is {supplier.status}, of rank {rank}; {row.gate_minimum} is asked"
    )
