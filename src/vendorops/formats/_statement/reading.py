"""A statement as a claim, or as a suggestion where what it says is not certain."""

from collections.abc import Sequence
from dataclasses import dataclass

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_suggestion import NeedsReview, SuggestedColumn
from vendorops.domain.statement_mapping import StatementMapping
from vendorops.formats._claim import NotAnInvoice
from vendorops.formats._statement.layout import Layout, layout_of
from vendorops.formats._statement.reader import Reader
from vendorops.formats._statement.refusing import BadStatement, Unclear
from vendorops.formats._statement.rows import Table
from vendorops.formats._statement.suggesting import columns_of, suggestion


@dataclass(frozen=True)
class Statement:
    """A file of which the tables were opened."""

    format: str
    tables: Sequence[Table]

    @property
    def layout(self) -> str:
        """The hash by which a saved mapping is found; nothing where there is no table of lines."""
        found = self._found(None)
        return found[1].sha256 if found else ""

    @property
    def columns(self) -> tuple[SuggestedColumn, ...]:
        """The columns of the table of lines, with what they seem to mean."""
        found = self._found(None)
        return columns_of(*found) if found else ()

    def read(self, mapping: StatementMapping | None = None, seller: str = "") -> ClaimDocument:
        """Return what it claims.

        `mapping` is what a person said of its layout, `seller` the reference of the supplier whose
        file a person says it is. Raises NeedsReview where something is missing or can be read in
        two ways, and another refusal where it is broken or contradicts itself.
        """
        found = self._found(mapping)
        if found is None:
            raise NotAnInvoice(
                "E_STATEMENT_HEADER: no row names the columns of a statement; send one with a"
                " header row"
            )
        reader = Reader(self.format, *found, mapping or StatementMapping(()), seller)
        try:
            return reader.claim()
        except Unclear as doubt:
            raise NeedsReview(suggestion(reader.seen, str(doubt))) from doubt

    def _found(self, mapping: StatementMapping | None) -> tuple[Table, Layout] | None:
        """Return the table of lines and how it is laid out; refused where there are several."""
        laid_out = [(table, layout_of(table, mapping)) for table in self.tables]
        found = [(table, layout) for table, layout in laid_out if layout]
        certain = [(table, layout) for table, layout in found if not layout.doubt()]
        if len(certain) > 1:
            names = ", ".join(table.sheet[:40] for table, _ in certain)
            raise BadStatement(
                "E_STATEMENT_SHEETS",
                f"the sheets {names} each hold a table of lines; send one statement per file",
            )
        best = certain or sorted(found, key=lambda each: -each[1].known)
        return best[0] if best else None
