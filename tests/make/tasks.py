"""Tasks, and the freelancers who may take them."""

from datetime import date
from typing import Any

from tests.make.days import AS_OF, ENDS_ON
from tests.make.parties import bank_account, legal_entity, licensed, party, supplier
from tests.make.people import signer
from tests.make.work import contract
from vendorops.books import Books
from vendorops.tables import Contract, Task
from vendorops.working.tasks import PostForm, post

ADULT = "11010519491231002X"
PIECE = {"code": "piece", "kind": "price", "unit": "C62", "value": "3.00"}
DEADLINE = date(2026, 11, 20)


def task_form(**changed: Any) -> PostForm:
    """Three hundred photos to label, for at most 1500.00, from today on."""
    usual = {
        "title": "标注仓库照片 Label warehouse photos",
        "brief": "按手册标注 300 张仓库货架照片 Mark the empty places of each photo",
        "term": "piece",
        "price": "5.00",
        "currency": "CNY",
        "quantity": "300",
        "slots": "2",
        "starts_on": AS_OF.isoformat(),
        "deadline": DEADLINE.isoformat(),
        "late_days": "0",
        "reworks": "1",
        "evidence": "标注文件 the file of labels",
        "category": "劳务 labour",
        "site": "",
        "place": "cn",
        "buyer": "XH",
    }
    return PostForm.model_validate(usual | changed)


def task(books: Books, **changed: Any) -> Task:
    """A task in draft, asked for by whoever has the books open."""
    legal_entity(books)
    return post(books, task_form(**changed))


def freelancer(
    books: Books, handle: str, number: str = ADULT, account: str = "", **changed: Any
) -> Contract:
    """A freelancer with papers and a signer called by his handle, under a contract in force."""
    who = party(books, number, kind="person", name=f"{handle} 王", identifier_scheme="cn_ric")
    of = supplier(books, who, kind="freelancer")
    licensed(books, of, "freelance")
    if account:
        bank_account(books, who, account)
    signer(books, who, handle)
    usual: dict[str, Any] = {"program": "freelance", "ends_on": ENDS_ON}
    return contract(books, of, (PIECE,), **usual | changed)
