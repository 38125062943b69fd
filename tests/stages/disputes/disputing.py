"""What tests of disputes share: a claim of which 39.00 were not explained, and who says what."""

from datetime import date

from tests import make
from tests.stages.settlement import month
from vendorops.stages import sweep
from vendorops.stages.disputes import Disputed, Outcome, open_dispute, propose_outcome, say
from vendorops.tables import (
    Contract,
    Dispute,
    Invoice,
    InvoiceSource,
    Party,
    Settlement,
    Supplier,
)

BUYER, FINANCE, APPROVER, SIGNER = "lin.buyer", "zhao.finance", "wang.approver", "he.hengxin"
FINDING = "quantity_above_accepted"
LATER = date(2026, 12, 1)
"""After every turn that began on the usual day."""


def company(opener):
    """A claim of 1900.00 under a contract, of which 1861.00 are payable; the supplier can talk."""
    with opener()() as books:
        month.company(books)
        agreed = month.staffing(books)
        supplier = books.get(Supplier, agreed.supplier_id)
        make.signer(books, books.get(Party, supplier.party_id), SIGNER)
        return month.partly_explained(books, agreed)


def opened(opener, claim, who=BUYER, reason=FINDING, as_of=make.AS_OF, **said):
    with opener(actor=who, as_of=as_of)() as books:
        row = books.get(Invoice, claim.id)
        return open_dispute(books, row, Disputed(reason, "that was not done", **said)).id


def answered(opener, ident, who=SIGNER, as_of=make.AS_OF, **said):
    with opener(actor=who, as_of=as_of)() as books:
        say(books, books.get(Dispute, ident), "but it was, see the sheet", **said)


def proposed(opener, ident, who=BUYER, as_of=make.AS_OF, **outcome):
    with opener(actor=who, as_of=as_of)() as books:
        said = Outcome("as we found together", **outcome)
        propose_outcome(books, books.get(Dispute, ident), said)


def agreed(opener, ident, verdict="approve", as_of=make.AS_OF, **outcome):
    """Propose an outcome as the buyer, and have finance decide it."""
    proposed(opener, ident, as_of=as_of, **outcome)
    carried_on(opener, as_of)
    make.reply(opener, "dispute", FINANCE, verdict, as_of=as_of)
    return carried_on(opener, as_of)


def carried_on(opener, as_of=make.AS_OF):
    return sweep("disputes", opener(as_of=as_of, actor="system:disputes"))


def note(opener, claim, minor):
    """A credit note of the supplier over so much without tax, which names the claim."""
    with opener()() as books:
        source = books.get(Invoice, claim.id)
        contract = books.get(Contract, source.contract_id)
        row = month.credit(books, contract, minor)
        books.enter(
            InvoiceSource(
                id=books.key(),
                invoice_id=row.id,
                source_id=source.id,
                number=source.number,
                credited_minor=-row.gross_minor,
            )
        )
        return row


def state(opener, ident):
    with opener()() as books:
        return books.get(Dispute, ident).status


def settled_net(opener, as_of=make.AS_OF):
    """Settle what is ready and return the net of each settlement that stands."""
    month.run("settlement", opener, as_of)
    with opener()() as books:
        return [row.net_minor for row in month.rows(books, Settlement)]
