"""How the forms of this place are written: a row a payee and tax, then totals, as CSV in UTF-8."""

import csv
import io
from collections.abc import Sequence

from vendorops.domain.jurisdiction import ReturnFacts

COLUMNS = ("form", "period", "agent", "payee", "identity", "income", "base", "withheld", "rule")


def sheet(form: str, facts: ReturnFacts, more: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a form with rows and totals; `more` are lines of a name and an amount behind them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = (form, f"{facts.period.start}/{facts.period.end}", facts.agent)
    writer.writerow(COLUMNS)
    for row in facts.in_order:
        amounts = (row.income.text, row.base.text, row.withheld.text)
        writer.writerow((*head, row.payee, row.identity, *amounts, row.version))
    writer.writerow((*head, "total", "", *(amount.text for amount in facts.totals), ""))
    for name, amount in more:
        writer.writerow((*head, name, "", "", "", amount, ""))
    return text.getvalue().encode()
