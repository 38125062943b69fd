"""Let somebody answer in your place for a time; list such delegations, confirm or end them."""

from datetime import datetime, timedelta

import click

from vendorops.books import Books
from vendorops.books.delegating import (
    Handover,
    confirm,
    delegate,
    end,
    known_delegations,
    state_of,
)
from vendorops.books.naming_us import known_person
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    READER,
    WORDS,
    WhoAreYou,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.money import Money
from vendorops.tables import Delegation


@click.group(
    invoke_without_command=True,
    help="Let another person answer in your place: --to, --role, --until and --reason.",
)
@click.option("--to", "receiver", help="Who answers in your place.")
@click.option("--role", help="For which of your roles.")
@click.option("--from", "begins", type=DAY, help="First day, today unless given.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--limit", help="Up to this amount, such as 100000.00; yours unless given.")
@click.option("--currency", help="Of the limit.")
@click.option("--reason", type=WORDS, help="Kept in the history; no personal data, please.")
@click.option("--of", "delegator", help="As an admin: in whose place. Another admin confirms it.")
@as_option
@day_option
@json_option
@click.pass_context
def command(context: click.Context, /, **given: object) -> None:
    """Enter a delegation, unless another of the commands is given."""
    if context.invoked_subcommand is None:
        _delegate(given)


def _delegate(given: dict[str, object]) -> None:
    for name, option in (("receiver", "to"), ("role",) * 2, ("until",) * 2, ("reason",) * 2):
        if not given[name]:
            raise click.UsageError(f"--{option} is needed; or list, confirm, end")
    actor, as_of, begins, until = (given[name] for name in ("actor", "as_of", "begins", "until"))
    if bool(given["limit"]) != bool(given["currency"]):
        raise click.UsageError("--limit and --currency go together")
    if not isinstance(until, datetime):
        raise click.UsageError("--until is a day")
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    with books_of(str(actor), as_of if isinstance(as_of, datetime) else None) as books:
        handover = Handover(
            delegator=str(given["delegator"] or actor),
            delegate=str(given["receiver"]),
            role=str(given["role"]),
            valid_from=begins.date() if isinstance(begins, datetime) else books.as_of,
            valid_to=until.date() + timedelta(days=1),
            reason=str(given["reason"]),
            limit=_limit(given),
        )
        told = _told(books, delegate(books, handover))
    emit([told], as_json=bool(given["as_json"]))


def _limit(given: dict[str, object]) -> Money | None:
    return Money.parse(str(given["limit"]), str(given["currency"])) if given["limit"] else None


def _told(books: Books, row: Delegation) -> dict[str, object]:
    limit = None if row.limit_minor is None else str(Money(row.limit_minor, row.currency))
    return {
        "delegation": row.reference,
        "of": row.delegator,
        "to": row.delegate,
        "role": row.role,
        "limit": limit,
        "from": row.valid_from,
        "until": row.valid_to - timedelta(days=1),
        "reason": row.reason,
        "state": state_of(row, books.as_of),
    }


@command.command(name="list")
@click.option("--person", default="", help="Only those by or to this person.")
@day_option
@json_option
def listed(person: str, as_of: datetime | None, *, as_json: bool) -> None:
    """List delegations, the newest first."""
    with opener(READER, as_of)() as books:
        if person:
            known_person(books, person)
        rows = [_told(books, row) for row in known_delegations(books, person)]
    emit(rows, as_json=as_json, title="Delegations")


@command.command(name="confirm")
@click.argument("delegation")
@as_option
@day_option
@json_option
def confirmed(
    delegation: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Confirm what another admin entered for somebody."""
    with books_of(actor, as_of) as books:
        told = _told(books, confirm(books, delegation))
    emit([told], as_json=as_json)


@command.command(name="end")
@click.argument("delegation")
@click.option("--reason", type=WORDS, required=True, help="Kept in the history.")
@as_option
@day_option
@json_option
def ended(
    delegation: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Take a delegation back from today on."""
    with books_of(actor, as_of) as books:
        told = _told(books, end(books, delegation, reason))
    emit([told], as_json=as_json)
