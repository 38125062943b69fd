"""What the story does not play: claims in an archive in a mail, a paper that finance enters."""

from sqlmodel import col, select

from tests.gateways.containers import archive, mail
from vendorops.books import Answer, answer
from vendorops.books.questions import OPEN
from vendorops.demo import PlainWorld, story
from vendorops.stages.intake import receive
from vendorops.tables import Contract, Decision, Supplier

PAPER = "bpo-tax-status.pdf"
"""Any page without an e-invoice will do."""
ROUNDS = 3
"""The mail, the archive in it, what lies in that."""


def incoming(world: PlainWorld) -> None:
    """Take in a mail with all claims and one paper, open it, book, and have the paper entered."""
    claims = sorted((story.SAMPLES / "claims").iterdir())
    packed = archive({path.name: path.read_bytes() for path in claims})
    paper = (story.SAMPLES / "documents" / PAPER).read_bytes()
    with world.act("portal", story.CLAIMED) as books:
        receive(books, mail(("october.zip", packed), ("paper.pdf", paper)), "IN 1.eml")
    for _ in range(ROUNDS):
        world.run("intake", story.CLAIMED)
    _enter(world)
    world.run("intake", story.CLAIMED)


def _enter(world: PlainWorld) -> None:
    """Let finance say what the paper claims, if it was not said yet."""
    with world.act("zhao.finance", story.CLAIMED) as books:
        contract = books.session.exec(select(Contract).filter_by(program="bpo")).one()
        query = select(Decision).where(
            col(Decision.kind) == "claim_review", col(Decision.status).in_(OPEN)
        )
        asked = books.session.exec(query).one_or_none()
        if asked is None:
            return
        line = {"description": "by hand", "quantity": "1", "price": "5.00", "net": "5.00"}
        claim = {
            "number": "PAPER-1",
            "issue_date": "2026-10-31",
            "currency": contract.currency,
            "supplier": books.get(Supplier, contract.supplier_id).reference,
            "contract": contract.reference,
            "net": "5.00",
            "gross": "5.00",
            "lines": [line],
        }
        answer(books, Answer(asked.reference, "approve", "read from it", {"claim": claim}))
