"""Templates that offices publish for a year: a person gives one, files are written under it."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import refuse_outsider
from vendorops.documents import keep, kept
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law import codes, jurisdiction
from vendorops.law.evaluation import evaluate
from vendorops.tables import OfficeTemplate

LARGEST = 1 << 20
"""Bytes of a template: it is one line of headings."""
LONG_ENOUGH = 8
"""Letters of what says where a template was taken from."""


class TemplateRefused(Refused):
    """What was given is no template of the form and year."""


def record_template(books: Books, of: tuple[str, int], data: bytes, source: str) -> OfficeTemplate:
    """Keep the template of a form and year; the one that holds, given again, changes nothing.

    Raises TemplateRefused, and BadTemplate of the rule that will fill it.
    """
    refuse_outsider(books)
    form, year = of
    if len(source.strip()) < LONG_ENOUGH:
        raise TemplateRefused("say where the template was taken from, and when; give --source")
    _refuse_unfit(_asks(form), year, _header(data), books.as_of)
    sha256 = keep(books, data, f"template of {form} for {year}", ".csv")
    newest = template_of(books, form, year)
    if newest and newest.sha256 == sha256:
        return newest
    row = OfficeTemplate(
        id=books.key(),
        form=form,
        year=year,
        sha256=sha256,
        source=source.strip(),
        entered_by=books.actor,
    )
    books.enter(row, because=f"template of {form} for {year}: {row.source}")
    return row


def template_of(books: Books, form: str, year: int) -> OfficeTemplate | None:
    """Return the template that holds for a form and year; None before one was given."""
    query = select(OfficeTemplate).where(
        col(OfficeTemplate.form) == form, col(OfficeTemplate.year) == year
    )
    return books.session.exec(query.order_by(col(OfficeTemplate.id).desc())).first()


def header_of(books: Books, sha256: str) -> str:
    """Return the line of headings of a template that is kept."""
    return _header(kept(books, sha256))


def _header(data: bytes) -> str:
    if len(data) > LARGEST:
        raise TemplateRefused(
            f"a template has {LARGEST >> 20} MiB at most; this is something else"
        )
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TemplateRefused("the template is no text in UTF-8; download it again") from error
    return lines[0] if lines else ""


def _asks(form: str) -> tuple[str, str]:
    """Return the place of a form, and its rule that fills templates."""
    known = {
        each.form: (code, each.fills)
        for code in codes()
        for each in jurisdiction(code).returns
        if each.fills
    }
    if form not in known:
        raise TemplateRefused(
            f"{form!r} is not filled under a template; these are: {', '.join(sorted(known))}"
        )
    return known[form]


def _refuse_unfit(asks: tuple[str, str], year: int, header: str, day: date) -> None:
    """Let the rule that will fill the template refuse one of another form or year."""
    place, rule = asks
    nothing = Money(0, jurisdiction(place).currency).text
    names = ("nonemployee_compensation", "federal_tax_withheld")
    one = {"recipient_tin": "", **dict.fromkeys(names, nothing)}
    inputs = {"year": year, "header": header, "returns": [one]}
    evaluate({"jurisdiction": place, "rule": rule, "inputs": inputs}, day)
