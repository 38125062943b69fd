"""What the page of an invoice calls things, in the languages that the parties want it in."""

from vendorops.domain.paper import SELF_BILLED, InvoicePaper

WORDS = {
    "invoice": ("发票", "Invoice"),
    "credit_note": ("贷项通知单", "Credit note"),
    "self_billed_invoice": ("购买方开具的发票", "Self-billed invoice"),
    "self_billed_credit_note": ("购买方开具的贷项通知单", "Self-billed credit note"),
    "seller": ("销售方", "Seller"),
    "buyer": ("购买方", "Buyer"),
    "issued": ("开具日期", "Issued"),
    "due": ("到期日", "Due"),
    "contract": ("合同", "Contract"),
    "order": ("订单", "Order"),
    "period": ("服务期间", "Work done"),
    "corrects": ("更正", "Corrects"),
    "registration": ("登记号", "Registration"),
    "tax_number": ("税号", "Tax number"),
    "their_number": ("供应商编号", "Supplier no."),
    "number": ("序号", "No."),
    "service": ("服务", "Service"),
    "quantity": ("数量", "Quantity"),
    "price": ("单价", "Unit price"),
    "tax": ("税", "Tax"),
    "of": ("计税额", "of"),
    "net": ("净额", "Net"),
    "payable": ("应付金额", "Amount due"),
    "credited": ("应扣金额", "Amount credited"),
    "paid_to": ("付款至", "Paid to"),
}
"""Chinese and English; a word that is missing would stop the page, not leave a gap."""


def word(name: str, languages: str) -> str:
    """Return a word in the languages of a page, side by side.

    >>> word("net", "en"), word("net", "zh,en")
    ('Net', '净额 Net')
    """
    known = dict(zip(("zh", "en"), WORDS[name], strict=True))
    return " ".join(known[each] for each in languages.split(","))


def title_of(paper: InvoicePaper) -> str:
    """Return what the page is called."""
    written_by_the_buyer = "self_billed_" if paper.type_code in SELF_BILLED else ""
    return word(f"{written_by_the_buyer}{paper.kind}", paper.languages)
