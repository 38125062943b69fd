"""Electronic VAT invoices of the tax control system, before digital ones: a code and a number.

Two layouts say the same: the system's own XML, usually inside OFD, and XBRL of the accounting data
standard, which some issuers attach instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vendorops.domain.claim import ClaimDocument
from vendorops.formats import _claim as claim
from vendorops.formats._fapiao.claiming import Fapiao, claimed
from vendorops.formats._fapiao.lines import Paths, account_in, read_line, tax_at
from vendorops.formats._fapiao.names import ACCOUNTING, CURRENCY, TAX_CONTROL
from vendorops.formats._fapiao.remark import source_number
from vendorops.formats._xml import Node


@dataclass(frozen=True)
class Layout:
    """Where such a file has its fields."""

    title: str
    names: Mapping[str, str]
    """Namespaces by prefix."""
    kind: str
    code: str
    number: str
    issued: str
    day: str
    """Shape of a date."""
    seller: tuple[str, str, str]
    """Name, tax number, and bank with account in one."""
    buyer: str
    remark: str
    totals: tuple[str, str, str, str]
    """Net, tax, gross, and gross in words."""
    items: str
    item: Paths
    source: tuple[str, str] | None = None
    """Code and number of what a red-letter invoice takes back, where not only its remark tells."""


SYSTEM = Layout(
    title="eInvoice 1.0",
    names=TAX_CONTROL,
    kind="fp:TypeCode",
    code="fp:InvoiceCode",
    number="fp:InvoiceNo",
    issued="fp:IssueDate",
    day=r"(\d{4})年(\d\d?)月(\d\d?)日",
    seller=(
        "fp:Seller/fp:SellerName",
        "fp:Seller/fp:SellerTaxID",
        "fp:Seller/fp:SellerFinancialAccount",
    ),
    buyer="fp:Buyer/fp:BuyerName",
    remark="fp:Note",
    totals=(
        "fp:TaxExclusiveTotalAmount",
        "fp:TaxTotalAmount",
        "fp:TaxInclusiveTotalAmount",
        "fp:TaxInclusiveTotalAmountWithWords",
    ),
    source=("fp:OriginalInvoiceCode", "fp:OriginalInvoiceNo"),
    items="fp:GoodsInfos/fp:GoodsInfo",
    item=Paths(
        name="fp:Item",
        specification="fp:Specification",
        unit="fp:MeasurementDimension",
        quantity="fp:Quantity",
        price="fp:Price",
        amount="fp:Amount",
        rate="fp:TaxScheme",
        tax="fp:TaxAmount",
    ),
)
XBRL = Layout(
    title="XBRL inv 2021-09-30",
    names=ACCOUNTING,
    kind="inv:TypeOfInvoice",
    code="inv:CodeOfInvoice",
    number="inv:NumberOfInvoice",
    issued="inv:DateOfIssue",
    day=r"(\d{4})-(\d\d)-(\d\d)",
    seller=(
        "inv:NameOfSeller",
        "inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller",
        "inv:DepositBankAndAccountNumberOfSeller",
    ),
    buyer="inv:NameOfPurchaser",
    remark="inv:Remarks",
    totals=(
        "inv:TotalAmountExcludingTax",
        "inv:TotalTaxAmount",
        "inv:TaxIncludedAmountInFigures",
        "inv:TaxIncludedAmountInWords",
    ),
    items="inv:InformationOfTaxableGoodsOrServicesDetailItemsTuple",
    item=Paths(
        name="inv:NameOfTaxableGoodsOrServices",
        specification="inv:Specification",
        unit="inv:UnitOfGoodsOrServices",
        quantity="inv:QuantityOfGoodsOrServices",
        price="inv:UnitPriceOfGoodsOrServices",
        amount="inv:AmountExcludingTax",
        rate="inv:TaxRate",
        tax="inv:TaxAmount",
    ),
)


def read_coded(root: Node, format_name: str, layout: Layout) -> ClaimDocument:
    """Return what such an invoice says; refused when it contradicts itself."""
    seller_name, seller_number, seller_account = (root.text(path) for path in layout.seller)
    net, tax, gross, words = layout.totals
    items = root.every(layout.items)
    return claimed(
        Fapiao(
            format=format_name,
            guideline=layout.title,
            type_code=root.text(layout.kind),
            number=source_number(root.required(layout.code), root.required(layout.number)),
            issued=claim.day(root.one(layout.issued), layout.day),
            seller_name=seller_name,
            seller_number=seller_number,
            seller_account=account_in(seller_account),
            buyer_name=root.text(layout.buyer),
            remark=root.text(layout.remark),
            net=claim.amount(root.one(net), CURRENCY),
            tax=tax_at(root, tax),
            gross=claim.amount(root.one(gross), CURRENCY),
            in_words=root.text(words),
            lines=tuple(read_line(item, at, layout.item) for at, item in enumerate(items, 1)),
            source=_source(root, layout),
        )
    )


def _source(root: Node, layout: Layout) -> str:
    if layout.source is None:
        return ""
    code, number = layout.source
    return source_number(root.text(code), root.text(number))
