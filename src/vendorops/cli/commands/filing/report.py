"""Write what a platform has to report of a month, quarter or year."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.books.naming_us import our_company
from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.listing import told as version_told
from vendorops.cli.owner_files import write_for_owner
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE_TO_WRITE,
    Month,
    as_option,
    books_of,
    day_option,
    json_option,
)
from vendorops.documents import keep
from vendorops.documents.platform_reports import NotReported, Reported, platform_report, reports
from vendorops.domain.periods import Period
from vendorops.stages.filing import prepare_report


@click.command(
    help="Write the report LAYOUT (cn_platform_report, cn_proxy_vat, de_platform_sellers …) of a"
    " platform: who was paid in a month, quarter or year, how much, and what the law makes of it."
    " What is not confirmed, or stays empty, is"
    " told. With -o it is a draft; with --prepare a version (RET-…) that somebody else approves,"
    " and that is followed until the office accepts it. Guard the file: it holds identity and"
    " account numbers."
)
@click.argument("layout")
@click.option("--entity", required=True, help="The company of ours, by its code.")
@click.option(
    "--month", type=Month(), required=True, help="The month, or one of the quarter or year."
)
@click.option("-o", "--output", type=FILE_TO_WRITE, help="Where to write a draft.")
@click.option("--prepare", "as_version", is_flag=True, help="Prepare it to be handed in.")
@as_option
@day_option
@json_option
def report(  # noqa: PLR0913 - one parameter an option.
    *,
    layout: str,
    entity: str,
    month: Period,
    output: Path | None,
    as_version: bool,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Lay the report out, keep it, and write it, or prepare a version of it."""
    if as_version == bool(output):
        raise NotReported("give -o FILE for a draft, or --prepare for a version to be handed in")
    known = reports()
    if layout not in known:
        raise NotReported(f"there is no report {layout!r}; there are {', '.join(sorted(known))}")
    place, form = known[layout]
    if output is None:
        with books_of(actor, as_of) as books:
            refuse_outsider(books)
            of, period = (place, form.form), form.period(month)
            row = version_told(
                books, prepare_report(books, our_company(books, entity), of, period)
            )
        emit([row], as_json=as_json, title="Prepared", kind="return")
        return
    with books_of(actor, as_of) as books:
        refuse_outsider(books)
        ours = our_company(books, entity)
        told = platform_report(books, Reported(layout, ours, place, form, form.period(month)))
        sha256 = keep(books, told.data, f"{layout} of {entity}, {month.label}", told.suffix)
        books.record("reported", ours, f"{layout} of {month.label}", content_sha256=sha256)
    write_for_owner(output, told.data)
    noted = [finding.message for finding in told.findings]
    draft = {"report": layout, "file": str(output), "sha256": sha256, "noted": noted}
    emit([draft], as_json=as_json, title="Report")
