"""Invoices that we write in suppliers' names: agree on it, show, object, issue, write files."""

import click

from vendorops.cli.commands.invoice.self_bill.agreeing import agree, end
from vendorops.cli.commands.invoice.self_bill.answering import align, object_
from vendorops.cli.commands.invoice.self_bill.showing import file, listed, show
from vendorops.cli.commands.invoice.self_bill.writing import draft, issue


@click.group("self-bill", help="Invoices that we write in suppliers' names, if they agreed.")
def self_bill() -> None:
    """Group the commands."""


for _command in (agree, end, draft, listed, show, object_, align, issue, file):
    self_bill.add_command(_command)
