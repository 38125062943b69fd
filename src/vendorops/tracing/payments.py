"""What payments rest on: the settlement that was approved, its lines and the tax kept back."""

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.books.part_returns import part_paid_by
from vendorops.documents.statements import credits_of, filing_statement, settlement_statement
from vendorops.domain.money import Money
from vendorops.tables import (
    BankAccount,
    Contract,
    Filing,
    PartReturn,
    Payment,
    PaymentBatch,
    Settlement,
    SettlementLine,
    Supplier,
)
from vendorops.tracing.bank import bank_check, bank_nodes, part_node, part_nodes
from vendorops.tracing.batches import trace_filing
from vendorops.tracing.claims import Settled, line_nodes
from vendorops.tracing.confirmations import confirmation_nodes
from vendorops.tracing.contracts import contract_node
from vendorops.tracing.credits import credit_nodes
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.evidence import evidence
from vendorops.tracing.transfers import transfer_nodes
from vendorops.tracing.tree import Check, Node, adds_up
from vendorops.tracing.withholding import withholding_nodes


def trace_payment(books: Books, reference: str) -> Node:
    """Return the tree of a payment."""
    payment = books.named(Payment, reference)
    batch = books.get(PaymentBatch, payment.batch_id)
    amount = Money(payment.amount_minor, payment.currency)
    facts = {
        "batch": batch.reference,
        "status": payment.status,
        "end_to_end_id": payment.end_to_end_id,
        "account": books.get(BankAccount, payment.bank_account_id).number_masked,
        "executed_on": batch.execution_day.isoformat(),
        "file_sha256": batch.file_sha256,
    }
    approved, paid_for = _paid_for(books, payment)
    bank = bank_nodes(books, payment)
    parts = (
        *trace_decisions(books, batch),
        paid_for.sharing(),
        *bank,
        *part_nodes(books, payment),
        *transfer_nodes(books, f"payment/{reference}"),
    )
    told = bank_check(payment, bank)
    return Node("payment", reference, amount, facts, (approved, *told), parts)


def _paid_for(books: Books, payment: Payment) -> tuple[Check, Node]:
    """Return what a payment is for, and whether it is still what was approved."""
    if payment.filing_id is not None:
        filing = books.get(Filing, payment.filing_id)
        same = payment.settlement_sha256 == content_sha256(filing_statement(books, filing))
        said = Check(f"pays the tax of {filing.reference} over as it was handed in", same)
        return said, trace_filing(books, filing.reference)
    if part := part_paid_by(books, payment):
        same = (payment.amount_minor, payment.currency) == (part.amount_minor, part.currency)
        said = Check(f"pays {part.reference} once more, exactly what came back", same)
        return said, trace_part(books, part.reference)
    settlement = books.get(Settlement, payment.settlement_id or 0)
    same = payment.settlement_sha256 == settlement.content_sha256
    said = Check(f"pays {settlement.reference} as it was approved", same)
    return said, trace_settlement(books, settlement.reference)


def trace_part(books: Books, reference: str) -> Node:
    """Return the tree of a part that came back, down to the payment of which it is one."""
    part = books.named(PartReturn, reference)
    first = trace_payment(books, books.get(Payment, part.payment_id).reference)
    return part_node(books, part, (first,))


def trace_settlement(books: Books, reference: str) -> Node:
    """Return the tree of a settlement."""
    settlement = books.named(Settlement, reference)
    of_it = col(SettlementLine.settlement_id) == settlement.id
    settled = {
        row.invoice_line_id: row for row in books.session.exec(select(SettlementLine).where(of_it))
    }
    withheld = withholding_nodes(books, settlement)
    nodes = line_nodes(
        evidence(books, select(SettlementLine.invoice_line_id).where(of_it)), settled
    )
    contract = books.get(Contract, settlement.contract_id)
    facts = {
        "supplier": books.get(Supplier, settlement.supplier_id).reference,
        "contract": contract.reference,
        "month": settlement.month,
        "status": settlement.status,
        "content_sha256": settlement.content_sha256,
    }
    return Node(
        "settlement",
        reference,
        Money(settlement.payable_minor, settlement.currency),
        facts,
        _sums(books, settlement, settled, withheld),
        (
            *trace_decisions(books, settlement),
            *confirmation_nodes(books, settlement),
            contract_node(books, contract),
            *nodes,
            *credit_nodes(books, settlement),
            *withheld,
            *transfer_nodes(books, f"settlement/{reference}"),
        ),
    )


def _sums(
    books: Books, settlement: Settlement, settled: Settled, withheld: tuple[Node, ...]
) -> tuple[Check, ...]:
    def money(minor: int) -> Money:
        return Money(minor, settlement.currency)

    net, tax = money(settlement.net_minor), money(settlement.tax_minor)
    kept_back, payable = money(settlement.withheld_minor), money(settlement.payable_minor)
    unchanged = (
        content_sha256(settlement_statement(books, settlement)) == settlement.content_sha256
    )
    credited = [part for _, part in credits_of(books, settlement)]
    less = f" less {len(credited)} credit memos" if credited else ""
    nets = [row.net_minor for row in settled.values()] + [-part.net_minor for part in credited]
    taxes = [row.tax_minor for row in settled.values()] + [-part.tax_minor for part in credited]
    return (
        adds_up(f"net of {len(settled)} lines{less}", [money(each) for each in nets], net),
        adds_up(f"tax of {len(settled)} lines{less}", [money(each) for each in taxes], tax),
        adds_up(
            "tax withheld",
            [node.amount for node in withheld if node.amount is not None],
            kept_back,
        ),
        adds_up(f"net {net} + tax {tax} - withheld {kept_back}", [net, tax, -kept_back], payable),
        Check("its content has the hash that was approved", unchanged),
    )
