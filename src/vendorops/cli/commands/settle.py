"""Work out what each supplier is owed for a month, and put it to approval."""

from vendorops.cli.session import month_flow

command = month_flow("settlement", "Work out what each supplier is owed for a month.")
