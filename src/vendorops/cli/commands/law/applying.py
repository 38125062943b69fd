"""Ask the law of a place which rules it has for a situation."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, json_option, one_of
from vendorops.domain.jurisdiction import Group, IncomeKind, PayeeKind, PayerKind, Situation
from vendorops.gateways.clock import today
from vendorops.law import jurisdiction
from vendorops.settings import Settings


@click.command()
@click.option("--place", required=True, help="Code of a place, such as cn.")
@click.option(
    "--payer",
    type=one_of(PayerKind),
    default=PayerKind.ENTERPRISE.value,
    show_default=True,
    help="Who pays.",
)
@click.option("--registered", is_flag=True, help="The platform filed its basic information.")
@click.option(
    "--payee",
    type=one_of(PayeeKind),
    default=PayeeKind.PERSON.value,
    show_default=True,
    help="Who is paid.",
)
@click.option("--abroad", is_flag=True, help="The payee is no tax resident of the place.")
@click.option(
    "--income",
    type=one_of(IncomeKind),
    default=IncomeKind.SERVICE_FEE.value,
    show_default=True,
    help="What for.",
)
@click.option(
    "--group",
    type=one_of(Group),
    default=Group.GENERAL.value,
    show_default=True,
    help="Which payees have rules of their own.",
)
@click.option("--mode", default="", help="How people are engaged, such as labor_dispatch.")
@click.option("--on", "as_of", type=DAY, help="Day of payment, today unless given.")
@json_option
def applicable(**given: object) -> None:
    """List the taxes that are kept back, then all else that the law asks for."""
    as_of = given["as_of"]
    situation = Situation(
        payer=PayerKind(str(given["payer"])),
        payee=PayeeKind(str(given["payee"])),
        resident=not given["abroad"],
        income_kind=IncomeKind(str(given["income"])),
        day=as_of.date()
        if isinstance(as_of, datetime)
        else today(Settings.from_environment().zone),
        registered_platform=bool(given["registered"]),
        group=Group(str(given["group"])),
        mode=str(given["mode"]),
    )
    found = jurisdiction(str(given["place"])).applicable(situation)
    rows = [
        {
            "rule": each.code,
            "title": each.title,
            "kept_back": each.kept_back,
            "since": each.since.isoformat(),
        }
        for each in found
    ]
    emit(rows, as_json=bool(given["as_json"]), title=f"The law of {given['place']}")
