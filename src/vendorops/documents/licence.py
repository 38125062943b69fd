"""Makes the licence that a supplier of the demo shows: plausible to read, wholly invented."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from vendorops.documents.typesetting import typeset

SOURCE = Path(__file__).with_name("licence.typ")
WITHOUT_END = "长期 no end"


@dataclass(frozen=True)
class LicenceFields:
    """What is printed on a licence or registration certificate."""

    title: str
    """What the paper is: `劳务派遣经营许可证`, `Staffing agency licence`."""
    issuer: str
    number: str
    holder: str
    scope: str
    """What its holder may do."""
    valid_from: date
    valid_to: date | None
    """Last day on which it is good, as printed on such papers; none for those without end."""


def sample_licence(fields: LicenceFields) -> bytes:
    """Return one page of PDF whose text can be read; the same fields give the same bytes."""
    data = {name: str(value or WITHOUT_END) for name, value in asdict(fields).items()}
    source = SOURCE.read_text("utf-8")
    return typeset("licence", source, data, day=fields.valid_from)
