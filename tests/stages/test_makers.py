import pytest

from tests import make
from vendorops.tables import Invoice


@pytest.mark.breaks("M25", "M28")
def test_every_maker_enters_a_row_that_the_database_takes(opener):
    with opener()() as books:
        make.people(books)
        supplier = make.supplier(books)
        contract = make.contract(books, supplier)
        make.compliance_document(books, supplier)
        work = make.items_of(books, make.service_sheet(books, contract))[0]
        invoice = make.invoice(books, contract, [make.claimed(work)])
        line = make.lines_of(books, invoice)[0]
        explained = make.reconciliation(books, supplier)
        make.allocation(books, explained, line, work)
        make.difference(books, explained, line)
        make.tolerance(books)
        settled = make.settlement(books, contract, explained)
        make.settlement_line(books, settled, line)
        make.withholding(books, settled, status="booked")
        make.payment(books, make.payment_batch(books), settled)
        make.filing(books)
        make.effect(books)
    with opener()() as books:
        assert make.only(books, Invoice).gross_minor == 197_160
