"""Enters a service sheet that a supplier handed in as a file."""

from collections.abc import Sequence

from vendorops.books import Books, log
from vendorops.domain.measure import quantity_e4
from vendorops.domain.money import Money
from vendorops.stages.acceptance.reading import Line, read_sheet
from vendorops.tables import Contract, ServiceSheet
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.reporting import numbered


def submit(books: Books, data: bytes) -> ServiceSheet:
    """Enter a sheet and its work, all or nothing; the same file again is the same sheet.

    Raises NotSubmittable as `enter_sheet` does, and BadSheet for a file that is no sheet.
    """
    said = read_sheet(data)
    log.lock(books.session)  # Before the contract is read, in the order of every other writer.
    contract = books.named(Contract, said.contract)
    lines = _read(said.lines, contract.currency)
    return enter_sheet(books, contract, Report(said.month, said.submitted_by, lines, data))


def _read(lines: Sequence[Line], currency: str) -> list[Reported]:
    return [_reported(line, number, currency) for number, line in enumerate(lines, start=1)]


def _reported(line: Line, number: int, currency: str) -> Reported:
    with numbered(number):
        return Reported(
            line.term,
            line.description,
            line.performed_on,
            quantity_e4(line.quantity),
            Money.parse(line.basis or "0", currency).minor,
        )
