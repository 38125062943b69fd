"""XBRL instances of the accounting data standard, which some issuers attach to an OFD."""

from vendorops.domain.claim import ClaimDocument
from vendorops.formats import _claim as claim
from vendorops.formats._fapiao.claiming import Fapiao, claimed
from vendorops.formats._fapiao.lines import Paths, account_in, read_line, tax_at
from vendorops.formats._fapiao.names import ACCOUNTING, CURRENCY
from vendorops.formats._fapiao.remark import source_number
from vendorops.formats._xml import Node

DAY = r"(\d{4})-(\d\d)-(\d\d)"
PARTY = "inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOf"
PATHS = Paths(
    name="inv:NameOfTaxableGoodsOrServices",
    specification="inv:Specification",
    unit="inv:UnitOfGoodsOrServices",
    quantity="inv:QuantityOfGoodsOrServices",
    price="inv:UnitPriceOfGoodsOrServices",
    amount="inv:AmountExcludingTax",
    rate="inv:TaxRate",
    tax="inv:TaxAmount",
)


def read_accounting(root: Node, format_name: str) -> ClaimDocument:
    """Return what the issuer's instance says; refused when it contradicts itself."""
    items = root.every("inv:InformationOfTaxableGoodsOrServicesDetailItemsTuple")
    return claimed(
        Fapiao(
            format=format_name,
            guideline=ACCOUNTING["inv"],
            type_code=root.text("inv:TypeOfInvoice"),
            number=source_number(
                root.required("inv:CodeOfInvoice"), root.required("inv:NumberOfInvoice")
            ),
            issued=claim.day(root.one("inv:DateOfIssue"), DAY),
            seller_name=root.text("inv:NameOfSeller"),
            seller_number=root.text(f"{PARTY}Seller"),
            seller_account=account_in(root.text("inv:DepositBankAndAccountNumberOfSeller")),
            buyer_name=root.text("inv:NameOfPurchaser"),
            remark=root.text("inv:Remarks"),
            net=claim.amount(root.one("inv:TotalAmountExcludingTax"), CURRENCY),
            tax=tax_at(root, "inv:TotalTaxAmount"),
            gross=claim.amount(root.one("inv:TaxIncludedAmountInFigures"), CURRENCY),
            in_words=root.text("inv:TaxIncludedAmountInWords"),
            lines=tuple(
                read_line(item, position, PATHS) for position, item in enumerate(items, start=1)
            ),
        )
    )
