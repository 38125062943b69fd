"""Electronic VAT invoices of the tax control system: a code and a number, usually inside OFD."""

from vendorops.domain.claim import ClaimDocument
from vendorops.formats import _claim as claim
from vendorops.formats._fapiao.claiming import Fapiao, claimed
from vendorops.formats._fapiao.lines import Paths, account_in, read_line, tax_at
from vendorops.formats._fapiao.names import CURRENCY
from vendorops.formats._fapiao.remark import source_number
from vendorops.formats._xml import Node

DAY = r"(\d{4})年(\d\d?)月(\d\d?)日"
PATHS = Paths(
    name="fp:Item",
    specification="fp:Specification",
    unit="fp:MeasurementDimension",
    quantity="fp:Quantity",
    price="fp:Price",
    amount="fp:Amount",
    rate="fp:TaxScheme",
    tax="fp:TaxAmount",
)


def read_tax_control(root: Node, format_name: str) -> ClaimDocument:
    """Return what such an invoice says; refused when it contradicts itself."""
    items = root.every("fp:GoodsInfos/fp:GoodsInfo")
    return claimed(
        Fapiao(
            format=format_name,
            guideline=f"eInvoice {root.attribute('Version')}".strip(),
            type_code=root.text("fp:TypeCode"),
            number=source_number(root.required("fp:InvoiceCode"), root.required("fp:InvoiceNo")),
            issued=claim.day(root.one("fp:IssueDate"), DAY),
            seller_name=root.text("fp:Seller/fp:SellerName"),
            seller_number=root.text("fp:Seller/fp:SellerTaxID"),
            seller_account=account_in(root.text("fp:Seller/fp:SellerFinancialAccount")),
            buyer_name=root.text("fp:Buyer/fp:BuyerName"),
            remark=root.text("fp:Note"),
            net=claim.amount(root.one("fp:TaxExclusiveTotalAmount"), CURRENCY),
            tax=tax_at(root, "fp:TaxTotalAmount"),
            gross=claim.amount(root.one("fp:TaxInclusiveTotalAmount"), CURRENCY),
            in_words=root.text("fp:TaxInclusiveTotalAmountWithWords"),
            lines=tuple(
                read_line(item, position, PATHS) for position, item in enumerate(items, start=1)
            ),
            source=source_number(
                root.text("fp:OriginalInvoiceCode"), root.text("fp:OriginalInvoiceNo")
            ),
        )
    )
