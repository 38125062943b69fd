"""Reads the lines and the facts of one table, whose layout is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.money import total
from vendorops.domain.statement_mapping import WHOLE, StatementMapping
from vendorops.formats._claim import NotAnInvoice, TotalsDisagree
from vendorops.formats._statement.body import Body, body_of
from vendorops.formats._statement.days import day_of
from vendorops.formats._statement.layout import Fact, Layout
from vendorops.formats._statement.lines import Cells, Lines, lines_of, mark_of
from vendorops.formats._statement.refusing import BadStatement, Unclear, cell
from vendorops.formats._statement.rows import Table
from vendorops.formats._statement.suggesting import Seen
from vendorops.formats._statement.words import currency_of

HEAD = {"statement": "number", "date": "issue_date", "currency": "currency",
        "seller id": "supplier"}  # fmt: skip
"""What a claim cannot be without, and what a form calls it."""


@dataclass
class Reader:
    """Reads one table; what is known so far goes into the suggestion where it must stop."""

    format: str
    table: Table
    layout: Layout
    mapping: StatementMapping
    seller: str
    fields: dict[str, Fact] = field(default_factory=dict)
    lines: Lines = field(default_factory=lambda: Lines((), ()))

    @cached_property
    def body(self) -> Body:
        """The rows below the header; refused where there are none."""
        body = body_of(self.table, self.layout)
        if not body.lines:
            raise NotAnInvoice(
                "E_STATEMENT_EMPTY: the statement has no rows below its header; send it with its"
                " lines"
            )
        return body

    @property
    def seen(self) -> Seen:
        """What is known so far."""
        return Seen(self.format, self.table, self.layout, self.fields, self.lines.lines)

    def claim(self) -> ClaimDocument:
        """Return what the table claims; raises Unclear where a person must say more."""
        doubt = self.layout.doubt()
        if doubt:
            what = f"{doubt}; save a mapping that says what it means"
            raise Unclear("E_STATEMENT_MAPPING", what)
        self.fields = self._head()
        currency = self._currency()
        mark = self.mapping.decimal or mark_of(self.layout, self.body)
        self.lines = lines_of(Cells(self.layout, currency, mark), self.body)
        self._check_total(currency, mark)
        missing = [form for name, form in HEAD.items() if not self._said(name)]
        if missing:
            raise _missing(missing)
        return self._claim(currency)

    def _claim(self, currency: str) -> ClaimDocument:
        net = total([line.net for line in self.lines.lines], currency)
        tax = total(self.lines.taxes, currency)
        date = self.fields["date"]
        return ClaimDocument(
            format=self.format,
            kind="statement",
            number=self._said("statement"),
            issue_date=day_of(date.row, "date", date.value, self.mapping.date_order),
            currency=currency,
            seller_name=self._said("seller"),
            seller_identifiers=tuple(filter(None, (self._said("seller id"), self.seller))),
            buyer_name=self._said("buyer"),
            contract_reference=self._said("contract"),
            net=net,
            tax=tax,
            gross=net + tax,
            payable=net + tax,
            lines=self.lines.lines,
        )

    def _said(self, name: str) -> str:
        if name == "seller id" and name not in self.fields:
            return self.seller
        return self.fields[name].value if name in self.fields else ""

    def _head(self) -> dict[str, Fact]:
        """Return what concerns the whole; a column of it must say the same in every row."""
        found = dict(self.layout.facts)
        cells = Cells(self.layout, "")
        for column in WHOLE:
            if self.layout.at(column) is None or column == "total":
                continue  # A total may be that of its line; see _check_total.
            for row in self.body.lines:
                text = cells.text(row, column)
                known = found.setdefault(column, Fact(row.number, text))
                if text != known.value:
                    what = f"it differs from row {known.row}; send one statement per file"
                    raise cell("E_STATEMENT_HEAD", row.number, column, what)
                if not text and column in HEAD:
                    what = "the cell is empty; fill it in"
                    raise cell("E_STATEMENT_CELL", row.number, column, what)
        return {name: fact for name, fact in found.items() if fact.value}

    def _currency(self) -> str:
        """Return the one currency that is named; refused where several are."""
        said = self.fields.get("currency")
        code = currency_of(said.value) if said else ""
        if said and not code:
            what = "the cell is not a currency; write its ISO 4217 code, such as CNY"
            raise cell("E_STATEMENT_CURRENCY", said.row, "currency", what)
        named = {code, self.layout.currency, self.mapping.currency} - {""}
        if len(named) > 1:
            raise BadStatement(
                "E_STATEMENT_CURRENCY",
                f"row {self.layout.header.number}: the file names {', '.join(sorted(named))};"
                " send one statement per currency",
            )
        if not named:
            raise _missing(["currency"])
        currency = named.pop()
        self.fields["currency"] = Fact(said.row if said else self.layout.header.number, currency)
        return currency

    def _check_total(self, currency: str, mark: str) -> None:
        """Refuse a stated total that is neither its line's with tax nor the whole statement's."""
        cells = Cells(self.layout, currency, mark)
        gross = total([*(line.net for line in self.lines.lines), *self.lines.taxes], currency)
        own = zip(self.body.lines, self.lines.lines, self.lines.taxes, strict=True)
        stated = [
            (row.number, cells.money(row, "total"), line.net + tax)
            for row, line, tax in own
            if cells.text(row, "total")
        ]
        if any(said != line for _, said, line in stated):
            stated = [(row, said, gross) for row, said, _ in stated]
        if "total" in self.layout.facts:
            fact = self.layout.facts["total"]
            stated.append((fact.row, cells.fact(fact.row, "total", fact.value), gross))
        for row, said, right in stated:
            if said != right:
                raise TotalsDisagree(
                    f"E_STATEMENT_TOTAL: row {row}, column total: the rows and their tax add up to"
                    f" {right}, but the stated total is {said}; ask the supplier for a corrected"
                    " statement"
                )


def _missing(names: Sequence[str]) -> Unclear:
    said = ", ".join(names)
    return Unclear(
        "E_STATEMENT_HEAD", f"the file does not say its {said}; a person must, in the review"
    )
