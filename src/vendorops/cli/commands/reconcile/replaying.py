"""Explains the sealed versions of a month again and compares them with their seals."""

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.session import READER, opener
from vendorops.domain.lifecycle import ReconciliationStatus
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.stages.reconciliation.replay import judged_again, stored_result
from vendorops.tables import Reconciliation, Supplier

CLOSED = (ReconciliationStatus.SEALED, ReconciliationStatus.SUPERSEDED)


class ReplayDiffers(Refused):
    """A sealed month did not come out as it was sealed; the books are damaged."""


def replayed(month: Period, folder: Path | None) -> list[dict[str, object]]:
    """Return, for each sealed version of each supplier, whether it comes out byte for byte.

    In a folder, if given, two files of each are left whose SHA-256 are its seals.
    """
    query = select(Reconciliation).where(
        col(Reconciliation.month) == month.label, col(Reconciliation.status).in_(CLOSED)
    )
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with opener(READER, month=month)() as books:
        rows = books.session.exec(query.order_by(col(Reconciliation.reference))).all()
        return [_replayed(books, row, folder) for row in rows]


def _replayed(books: Books, row: Reconciliation, folder: Path | None) -> dict[str, object]:
    inputs, result = _sealed(books, row, folder)
    same = (inputs, result) == (row.inputs_sha256, row.result_sha256) and stored_result(
        books, row
    ) == result
    return {
        "reconciliation": row.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "version": row.version,
        "status": row.status,
        "inputs_sha256": inputs,
        "result_sha256": result,
        "identical": same,
    }


def _sealed(books: Books, row: Reconciliation, folder: Path | None) -> tuple[str, str]:
    """Return the hashes of inputs and result, computed again; write both where asked for."""
    digests = sha256(), sha256()
    with ExitStack() as stack:
        files = [
            stack.enter_context((folder / f"{row.reference}.{what}.txt").open("wb"))
            for what in ("inputs", "result")
            if folder
        ]
        for pieces in judged_again(books, row).sealed(row):
            for digest, piece in zip(digests, pieces, strict=True):
                digest.update(piece)
            for file, piece in zip(files, pieces, strict=False):
                file.write(piece)
    return digests[0].hexdigest(), digests[1].hexdigest()
