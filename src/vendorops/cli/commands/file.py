"""Prepare the tax returns of a month, or lay them out once they are approved."""

from vendorops.cli.session import month_flow

command = month_flow(
    "filing", "Prepare the tax returns of a month, or lay them out once approved."
)
