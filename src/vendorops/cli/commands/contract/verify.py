"""Say who signed a contract or a PDF, when, and whether anything was changed."""

from hashlib import sha256
from pathlib import Path

import click

from vendorops.cli.papers import named_paper
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, opener
from vendorops.documents import kept
from vendorops.documents.signed_files import faults, signatures_in
from vendorops.domain.refusal import Refused


class NotIntact(Refused):
    """A signature does not hold, or something was changed."""


@click.command(help="Look at the signatures of WHAT: CON-…, AMD-…, or a PDF file.")
@click.argument("what")
@json_option
def command(what: str, *, as_json: bool) -> None:
    """Verify one paper."""
    path = Path(what)
    data, wrong, known = _file(path) if path.is_file() else _kept_paper(what)
    found = signatures_in(data)
    wrong += [f"the signature of {each.signer} does not hold" for each in found if not each.intact]
    told = {
        **known,
        "sha256": sha256(data).hexdigest(),
        "intact": not wrong,
        "findings": list(dict.fromkeys(wrong)),
    }
    if as_json:
        emit([{**told, "signatures": [vars(each) for each in found]}], as_json=True)
    else:
        emit([told], as_json=False)
        emit([vars(each) for each in found], as_json=False, title="Signatures")
    if wrong:
        raise NotIntact(f"{what}: {wrong[0]}")


Looked = tuple[bytes, list[str], dict[str, object]]
"""The bytes, what is wrong with them so far, and what is known of them."""


def _file(path: Path) -> Looked:
    return path.read_bytes(), [], {"file": str(path)}


def _kept_paper(name: str) -> Looked:
    with opener(READER)() as books:
        row = named_paper(books, name)
        newest = row.signed_sha256 or row.sent_sha256 or row.document_sha256
        data = kept(books, newest)
        by_file = row.signed_how == "file"
        wrong = faults(data, kept(books, str(row.sent_sha256))) if by_file else []
    told = {"paper": row.reference, "status": row.status, "signed_by": row.signed_by}
    return data, wrong, {**told, "signed_how": row.signed_how}
