"""数电票: the data message of a digital invoice, which is its original."""

from vendorops.domain.claim import ClaimDocument
from vendorops.formats import _claim as claim
from vendorops.formats._fapiao.checking import check_number
from vendorops.formats._fapiao.claiming import Fapiao, claimed
from vendorops.formats._fapiao.lines import Paths, read_line, tax_at
from vendorops.formats._fapiao.names import CURRENCY
from vendorops.formats._xml import BadField, Node

DAY = r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?"
BLUE = {"Y": False, "N": True, "": None}
"""InIssuType: whether it is a blue invoice; what is said of being red-letter."""
PATHS = Paths(
    name="ItemName",
    specification="SpecMod",
    unit="MeaUnits",
    quantity="Quantity",
    price="UnPrice",
    amount="Amount",
    rate="TaxRate",
    tax="ComTaxAm",
)


def read_digital(root: Node, format_name: str) -> ClaimDocument:
    """Return what a digital invoice says; refused when it contradicts itself."""
    label = "Header/InherentLabel"
    issued = claim.day(root.one("TaxSupervisionInfo/IssueTime"), DAY)
    number = root.required("TaxSupervisionInfo/InvoiceNumber")
    if root.text("Header/EIid") not in {"", number}:
        raise BadField("the invoice has two numbers (EIid and InvoiceNumber); correct it")
    check_number(number, issued)
    blue = root.text(f"{label}/InIssuType/LabelCode")
    if blue not in BLUE:
        raise BadField(f"InIssuType is {blue[:8]!r}, which says neither blue nor red; correct it")
    data = root.one("EInvoiceData")
    seller = data.one("SellerInformation")
    totals = data.one("BasicInformation")
    items = data.every("IssuItemInformation")
    return claimed(
        Fapiao(
            format=format_name,
            guideline=f"EInvoice {root.text('Header/Version')}".strip(),
            type_code=root.text(f"{label}/GeneralOrSpecialVAT/LabelCode"),
            number=number,
            issued=issued,
            seller_name=seller.text("SellerName"),
            seller_number=seller.text("SellerIdNum"),
            seller_account=seller.text("SellerBankAccNum"),
            buyer_name=data.text("BuyerInformation/BuyerName"),
            remark=data.text("AdditionalInformation/Remark"),
            net=claim.amount(totals.one("TotalAmWithoutTax"), CURRENCY),
            tax=tax_at(totals, "TotalTaxAm"),
            gross=claim.amount(totals.one("TotalTax-includedAmount"), CURRENCY),
            in_words=totals.text("TotalTax-includedAmountInChinese"),
            lines=tuple(
                read_line(item, position, PATHS) for position, item in enumerate(items, start=1)
            ),
            red=BLUE[blue],
        )
    )
