"""What earnings rest on: the facts that were reported, the formula, the agreed pay plan."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.earnings import Statement
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.tables import AgreedTerm, Contract, CreditMemo, EarnedLine, EarningFact, WorkItem
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node, adds_up
from vendorops.working.adjusting import shown_facts
from vendorops.working.earning import calculated_again, facts_through, reported_rows


def trace_earning(books: Books, reference: str) -> Node:
    """Return the tree of an earned line."""
    return earning_node(books, books.named(EarnedLine, reference))


def earning_nodes(books: Books, work: Sequence[WorkItem]) -> dict[int, Node]:
    """Return the earned lines that some work stands for, by the key of the work."""
    wanted = [item.id for item in work]
    query = select(EarnedLine).where(col(EarnedLine.work_item_id).in_(wanted))
    return {
        line.work_item_id: earning_node(books, line)
        for line in books.session.exec(query)
        if line.work_item_id
    }


def earning_behind(books: Books, memo: CreditMemo) -> tuple[Node, ...]:
    """Return the earned line that a credit memo follows from, where it follows from one."""
    if memo.source_table != EarnedLine.__name__.lower():
        return ()
    return (earning_node(books, books.get(EarnedLine, memo.source_id)),)


def earning_node(books: Books, line: EarnedLine) -> Node:
    """Return a line with its sums, formula and facts, calculated again."""
    row = books.get(AgreedTerm, line.agreed_term_id)
    contract = books.get(Contract, row.contract_id)
    ((_, due, statement),) = calculated_again(books, [line])

    def money(minor: int) -> Money:
        return Money(minor, contract.currency)

    again = Check(
        f"its facts make {money(due)} {'=' if due == line.due_minor else '≠'}"
        f" {money(line.due_minor)}",
        due == line.due_minor,
    )
    facts = {
        "what": line.kind,
        "stretch": line.stretch,
        "days": f"{line.starts_on} to {line.ends_on}",
        "contract": books.get(Contract, line.contract_id).reference,
        "due": money(line.due_minor),
        "stood_before": money(line.due_minor - line.net_minor),
    }
    parts = (
        *(_formula(line, statement) if statement else ()),
        *(_facts(books, contract, line, statement) if statement else ()),
        _terms(books, row, contract),
    )
    return Node(
        "earning", line.reference, money(line.net_minor), facts, (again, *_sums(statement)), parts
    )


def _sums(statement: Statement | None) -> tuple[Check, ...]:
    """Return whether lines make what was earned, and the parts of all make it whole."""
    if statement is None:
        return ()
    currency = statement.agreed.terms.currency
    whole = Money(statement.earned_minor, currency)
    parts = [Money(minor, currency) for _, minor in statement.parts]
    return (adds_up("its only part" if len(parts) == 1 else f"{len(parts)} parts", parts, whole),)


def _calculation(statement: Statement) -> tuple[Node, ...]:
    """Return the basis and what was earned of it, line by line with the formulas."""
    currency, terms = statement.agreed.terms.currency, statement.agreed.terms
    told = [("basis", statement.basis.lines), ("formula", statement.earned)]
    if statement.basis.lines == statement.earned:
        told = told[1:]
    nodes = [
        Node(kind, line.code, Money(line.minor, currency), {"is": line.formula})
        for kind, lines in told
        for line in lines
    ]
    shares = {part.to: part.share_e6 for part in terms.parts}
    if len(shares) > 1:
        nodes += [
            Node("part", to or "self", Money(minor, currency), {"share": price_text(shares[to])})
            for to, minor in statement.parts
        ]
    return tuple(nodes)


def _formula(line: EarnedLine, statement: Statement) -> tuple[Node, ...]:
    """Return how a line comes about: what was earned, or how much of it is taken off."""
    terms, left = statement.agreed.terms, statement.left

    def money(minor: int) -> Money:
        return Money(minor, terms.currency)

    if line.kind == "deduction":
        said = f"of {money(statement.own_minor)} earned; {money(left.deductions_minor)} left open"
    elif line.kind == "advance":
        said = (
            f"at most {price_text(terms.recover_share_e6)} x {money(statement.own_minor)}, rounded"
            f" down, and what deductions leave; {money(left.advances_minor)} left open"
        )
    else:
        return _calculation(statement)
    return (Node("formula", line.kind, money(line.due_minor), {"is": said}),)


def _facts(
    books: Books, contract: Contract, line: EarnedLine, statement: Statement
) -> tuple[Node, ...]:
    """Return the facts of a stretch, or of what is taken off, of days before its end."""
    rows = reported_rows(books, contract)
    known = facts_through(rows, line.newest_fact_id or 0)
    taken = [
        each for each in known if each.kind == line.kind and each.first < statement.stretch.end
    ]
    facts = statement.facts if line.kind == "earned" else taken
    keys = {fact.key for fact in facts}
    return tuple(_fact(row, contract) for row in rows if row.key in keys)


def _fact(row: EarningFact, contract: Contract) -> Node:
    facts = {
        "what": row.kind,
        "code": row.code,
        "subject": row.subject,
        "on": row.first.isoformat(),
        "through": row.last.isoformat() if row.last != row.first else "",
        "quantity": quantity_text(row.quantity_e4) if row.quantity_e4 else "",
        "reported_by": row.reported_by,
        "reported_on": row.reported_on.isoformat(),
        "file_sha256": row.source_sha256,
    }
    amount = Money(row.amount_minor, contract.currency) if row.amount_minor else None
    return Node("fact", row.key, amount, facts)


def _terms(books: Books, row: AgreedTerm, contract: Contract) -> Node:
    facts = {
        "contract": contract.reference,
        "status": row.status,
        **shown_facts(row, contract.currency),
        "file_sha256": row.source_sha256,
    }
    return Node("agreed term", row.reference, None, facts, parts=trace_decisions(books, row))
