"""Judging UBL invoices by all their rules, against the bare libraries on the same processors."""

import os
import resource
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from time import perf_counter

from lxml import etree
from saxonche import PySaxonProcessor

from vendorops.bench import Figures
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty
from vendorops.formats import ubl
from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile
from vendorops.gateways.rule_worker import close_workers
from vendorops.rulesets import AUTO, choose, document_of, schema_of

ISSUED, DUE = date(2026, 10, 31), date(2026, 11, 30)
LINES = 5
"""Of each invoice."""
PEPPOL = {
    ":2017</cbc:CustomizationID>": ":2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    "</cbc:CustomizationID>"
    "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>",
    "</cbc:DocumentCurrencyCode>": "</cbc:DocumentCurrencyCode>"
    "<cbc:BuyerReference>B-1</cbc:BuyerReference>",
    "<cac:Party>": '<cac:Party><cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID>',
}
"""What Peppol asks of an invoice beyond what we write: where to reach either side, and kin."""
BROKEN = b"<svrl:failed-assert"


def run(*, lines: int = 10_000) -> Figures:
    """Judge so many invoices of five lines each: read, schema, EN 16931 and Peppol.

    Ours goes from the bytes to claim and verdicts, each file read in a limited child, and books
    nothing. The floor parses, validates and transforms with the bare libraries, on as many
    processors. Both start their processes and compile their rules within the time. Where others
    use the machine, look at `cpu_ratio`: seconds of the wall then tell who had how many processes.
    """
    files = [_invoice(number) for number in range(lines)]
    close_workers()
    accepted, ours, ours_busy = _timed(lambda: _ours(files))
    clean, least, least_busy = _timed(lambda: _floor(files))
    if accepted != clean:
        raise AssertionError(f"we accept {accepted} of {lines} invoices, the bare rules {clean}")
    return {
        "bench": "intake",
        "lines": lines,
        "accepted": accepted,
        "processors": _processors(),
        "ours_seconds": round(ours, 3),
        "ours_invoices_per_second": round(lines / ours, 1),
        "ours_cpu_seconds": round(ours_busy, 3),
        "floor_seconds": round(least, 3),
        "floor_cpu_seconds": round(least_busy, 3),
        "ratio": round(ours / least, 2),
        "cpu_ratio": round(ours_busy / least_busy, 2),
    }


def _ours(files: Sequence[bytes]) -> int:
    """Return how many invoices are accepted, by the way that intake takes."""
    given = (GivenFile(data, f"{at}.xml") for at, data in enumerate(files))
    judged = judge_claims(given, count=len(files))
    accepted = sum(judgement.accepted for judgement in judged)
    close_workers()
    return accepted


def _floor(files: Sequence[bytes]) -> int:
    """Return how many invoices break nothing, by nothing but the libraries."""
    lanes = _processors()
    shares = [files[lane::lanes] for lane in range(lanes)]
    with ProcessPoolExecutor(lanes, get_context("spawn")) as pool:
        return sum(pool.map(_bare, shares))


def _bare(files: Sequence[bytes]) -> int:
    """Parse, validate and transform each file; the rules are compiled once."""
    document = document_of(etree.fromstring(files[0])) if files else None
    if document is None:
        return 0
    schema = schema_of(document.root)
    with PySaxonProcessor(license=False) as processor:
        rules = [
            processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet.path))
            for sheet in choose(document, AUTO, None).sheets
        ]
        clean = 0
        for data in files:
            valid = schema.validate(etree.fromstring(data))
            parsed = processor.parse_xml(xml_text=data.decode())
            reports = [each.transform_to_string(xdm_node=parsed).encode() for each in rules]
            clean += valid and not any(BROKEN in report for report in reports)
    return clean


def _timed(act: Callable[[], int]) -> tuple[int, float, float]:
    """Return what an act comes to, its seconds, and the processor's, of processes that ended."""
    begun, busy = perf_counter(), _busy()
    result = act()
    return result, perf_counter() - begun, _busy() - busy


def _busy() -> float:
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _processors() -> int:
    return os.cpu_count() or 1


def _invoice(number: int) -> bytes:
    where = {"street": "1 Quay", "city": "Lyon", "postcode": "69001"}
    paper = InvoicePaper(
        number=f"INV-{number:06d}",
        issue_date=ISSUED,
        due_date=DUE,
        type_code="380",
        currency="EUR",
        seller=PaperParty("Supply & Sons", "FR", "552100554", "FR40303265045", **where),
        buyer=PaperParty("Buyer SA", "FR", "732829320", "FR83404833048", **where),
        contract_reference=f"CON-2026-{number % 97:06d}",
        lines=tuple(_line(number, at) for at in range(1, LINES + 1)),
    )
    text = ubl.write(paper).decode()
    for ours, theirs in PEPPOL.items():
        text = text.replace(ours, theirs)
    return text.encode()


def _line(number: int, at: int) -> PaperLine:
    return PaperLine(
        number=str(at),
        description=f"Consulting, week {at}",
        quantity_e4=10_000 * (1 + (number + at) % 40),
        unit="HUR",
        price_e6=1_000_000 * (50 + (number * at) % 70),
        tax_category="S",
        tax_rate_e4=2000,
        work_reference=f"WRK-2026-{number * LINES + at:06d}",
    )
