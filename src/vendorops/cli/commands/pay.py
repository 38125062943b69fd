"""Plan the payment file of a month, or release it once it is approved."""

from vendorops.cli.session import month_flow

command = month_flow("payment", "Plan the payment file of a month, or release it once approved.")
