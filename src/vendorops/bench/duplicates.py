"""How many duplicates are seen at intake, how many honest claims are held, and how fast."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert

from vendorops.bench import Figures
from vendorops.bench._company import enter_company, enter_supplier
from vendorops.bench._earlier import look_up
from vendorops.bench._invoices import Claim
from vendorops.bench._sent import written
from vendorops.books import Books, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.books.parts import part
from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import total
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings
from vendorops.stages.intake.booking import book
from vendorops.tables import ReceivedFile, WorkItem

SEED = 20261126
TODAY = date(2027, 1, 31)
CURRENCY = "CNY"


def run(*, claims: int = 2_000, earlier: int = 100_000, seed: int = SEED) -> Figures:
    """Book so many claims, one in six made before, and look some up among earlier ones."""
    drawn = written(claims, seed)
    with _installation() as settings, _opened(settings) as books:
        enter(books, drawn)
        begun = perf_counter()
        seen = [booked(books, at, claim) for at, claim in enumerate(drawn)]
        took = perf_counter() - begun
        books.session.rollback()
    figures = quality(drawn, seen)
    with _installation() as settings, _opened(settings) as books:
        milliseconds = look_up(books, earlier)
        books.session.rollback()
    return {
        "bench": "duplicates",
        "seed": seed,
        "claims": len(drawn),
        **figures,
        "book_ms": round(took / len(drawn) * 1000, 3),
        "earlier": earlier,
        "look_up_ms": round(median(milliseconds), 3),
        "look_up_worst_ms": round(max(milliseconds), 3),
    }


def quality(drawn: Sequence[Claim], seen: Sequence[str]) -> Figures:
    """Return recall and false alarms, by way what was missed, and how often both would be paid.

    A claim may be missed whose first was turned away, as a slip had taken its number: it is paid
    once all the same.
    """
    made_again = [at for at, claim in enumerate(drawn) if claim.way]
    away = {
        (claim.supplier, claim.number)
        for claim, what in zip(drawn, seen, strict=True)
        if what and not claim.way
    }
    passed = [drawn[at] for at in made_again if not seen[at]]
    missed = Counter(drawn[at].way for at in made_again if not seen[at])
    honest = len(drawn) - len(made_again)
    alarms = sum(1 for claim, what in zip(drawn, seen, strict=True) if what and not claim.way)
    return {
        "duplicates": len(made_again),
        "refused": sum(seen[at] == "refused" for at in made_again),
        "held": sum(seen[at] == "held" for at in made_again),
        "recall": round(1 - sum(missed.values()) / max(len(made_again), 1), 6),
        "missed": ", ".join(f"{way} {times}" for way, times in sorted(missed.items())),
        "both_pass": sum((claim.supplier, claim.of) not in away for claim in passed),
        "honest": honest,
        "false_alarms": alarms,
        "false_alarm_share": round(alarms / max(honest, 1), 6),
        "false_refusals": sum(
            what == "refused" and not claim.way for claim, what in zip(drawn, seen, strict=True)
        ),
    }


@contextmanager
def _installation() -> Iterator[Settings]:
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        yield settings
        engine(settings).dispose()
        forget_engines()


@contextmanager
def _opened(settings: Settings) -> Iterator[Books]:
    instant = datetime(2027, 1, 31, 9, tzinfo=UTC)
    with open_books(settings, Terms(TODAY, "system:intake", lambda: instant)) as books:
        yield books


def enter(books: Books, drawn: Sequence[Claim]) -> None:
    """Enter the suppliers of claims, their contracts and the work that was done."""
    connection = books.session.connection()
    enter_company(connection)
    for number in sorted({claim.supplier for claim in drawn}):
        enter_supplier(connection, number, contracts=[number + 1])
    works = {line.work: (claim.supplier, line) for claim in drawn for line in claim.lines}
    connection.execute(
        insert(WorkItem),
        [
            {
                "id": work + 1,
                "reference": f"WRK-{work:06d}",
                "line": work + 1,
                "service_sheet_id": supplier + 1,
                "contract_id": supplier + 1,
                "term": "regular_hours",
                "description": line.text,
                "performed_on": TODAY,
                "basis_minor": 0,
                "quantity_e4": line.delivered_e4,
                "accepted_e4": 0,
                "claimed_e4": 0,
                "price_e6": line.price_e6,
                "currency": CURRENCY,
            }
            for work, (supplier, line) in works.items()
            if work >= 0
        ],
    )


def booked(books: Books, at: int, claim: Claim) -> str:
    """Book a claim as intake does, and return `refused`, `held`, or nothing."""
    try:
        with part(books):
            file = _file(at)
            books.session.add(file)
            books.session.flush()
            invoice = book(books, file, document(claim))
    except Refused:
        return "refused"
    return "held" if invoice.status == InvoiceStatus.ACKNOWLEDGED else ""


def _file(at: int) -> ReceivedFile:
    name = f"{at}.xml"
    return ReceivedFile(
        id=at + 1,
        reference=f"FIL-{at}",
        sha256=f"{at:064x}",
        name=name,
        size=1,
        received_on=TODAY,
    )


def document(claim: Claim) -> ClaimDocument:
    """Return a seeded claim as a format would read it from its file."""
    lines = tuple(
        ClaimLine(
            number=str(number),
            description=line.text,
            quantity_e4=line.quantity_e4,
            unit="HUR",
            price_e6=line.price_e6,
            net=extended(line.quantity_e4, line.price_e6, CURRENCY),
            tax_category="S",
            tax_rate_e4=0,
            work_reference=f"WRK-{line.work:06d}" if line.work >= 0 else "",
        )
        for number, line in enumerate(claim.lines, start=1)
    )
    net = total([line.net for line in lines], CURRENCY)
    return ClaimDocument(
        format="ubl",
        kind="credit_note" if claim.credit else "invoice",
        number=claim.number,
        issue_date=claim.day,
        currency=CURRENCY,
        seller_name="",
        seller_identifiers=(f"SUP-{claim.supplier:06d}",),
        buyer_name="",
        contract_reference=f"CON-{claim.supplier + 1:06d}",
        preceding_numbers=(claim.of,) if claim.credit and claim.of else (),
        net=net,
        tax=net - net,
        gross=net,
        payable=net,
        lines=lines,
    )
