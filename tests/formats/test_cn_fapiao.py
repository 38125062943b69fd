import pytest

from tests.formats.foreign import DIGITAL, RED, SELLER, SOURCE, TAX_CONTROL
from vendorops.domain.money import Money
from vendorops.formats import NotAnInvoice, TotalsDisagree, cn_fapiao, format_of
from vendorops.formats._xml import BadField, FieldMissing


def edited(*changes, text=DIGITAL):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def read(*changes, text=DIGITAL):
    return cn_fapiao.read(edited(*changes, text=text))


def test_a_digital_invoice_is_read_whole():
    claim = read()

    assert format_of(edited(), "a.xml") is cn_fapiao
    assert (claim.kind, claim.number) == ("invoice", "26310000000000000001")
    assert (str(claim.issue_date), claim.currency) == ("2026-10-31", "CNY")
    assert (claim.seller_identifiers, claim.payee_accounts) == ((SELLER,), ("6222000000000000",))
    assert (claim.contract_reference, claim.order_references) == (
        "CON-2026-000001",
        ("WO-2026-000001",),
    )
    assert (claim.net.text, claim.tax.text, claim.gross.text) == ("1999.50", "119.97", "2119.47")
    first = claim.lines[0]
    assert (first.quantity_e4, first.price_e6, first.net.minor) == (400_000, 46_500_000, 186_000)
    assert (first.tax_category, first.tax_rate_e4, first.tax) == ("S", 600, Money(11_160, "CNY"))
    assert first.work_reference == "WRK-2026-000001"


def test_a_red_letter_invoice_is_a_credit_note_above_zero_that_names_its_source():
    claim = read(text=RED)

    assert (claim.kind, claim.preceding_numbers) == ("credit_note", (SOURCE,))
    assert (claim.net.text, claim.tax.text, claim.gross.text) == ("1999.50", "119.97", "2119.47")
    assert [(line.quantity_e4, line.net.minor) for line in claim.lines] == [
        (400_000, 186_000),
        (20_000, 13_950),
    ]
    assert claim.lines[0].tax == Money(11_160, "CNY")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [(DIGITAL, "<LabelCode>Y<", "<LabelCode>N<"), (RED, "<LabelCode>N<", "<LabelCode>Y<")],
    ids=["red above zero", "blue below zero"],
)
def test_a_colour_that_the_total_contradicts_is_refused(text, old, new):
    with pytest.raises(NotAnInvoice, match="its total is"):
        read((old, new), text=text)


def test_without_a_colour_the_sign_of_the_total_tells():
    assert read(("<LabelCode>N</LabelCode>", ""), text=RED).kind == "credit_note"


def test_an_invoice_of_the_tax_control_system_is_read_by_its_code_and_number():
    claim = read(text=TAX_CONTROL)

    assert (claim.number, str(claim.issue_date)) == ("031002000211-00000007", "2026-10-31")
    assert (claim.gross.text, claim.contract_reference) == ("106.00", "CON-2026-000001")
    assert claim.payee_accounts == ("6222000000000000",)
    assert claim.lines[0].price_e6 == 50_000_000


def test_a_red_letter_invoice_of_the_tax_control_system_has_a_field_for_its_source():
    fields = (
        "<fp:OriginalInvoiceCode>031002000211</fp:OriginalInvoiceCode>"
        "<fp:OriginalInvoiceNo>00000003</fp:OriginalInvoiceNo><fp:GoodsInfos>"
    )

    claim = read(("<fp:GoodsInfos>", fields), text=TAX_CONTROL)

    assert claim.preceding_numbers == ("031002000211-00000003",)


NUMBERS = {
    "has 20 digits": ("26310000000000000001", "2631000000000000001"),
    "for the year 2025": ("26310000000000000001", "25310000000000000001"),
    "no province has the code 99": ("26310000000000000001", "26990000000000000001"),
    "two numbers": ("<EIid>26310000000000000001", "<EIid>26310000000000000002"),
    "neither blue nor red": ("<LabelCode>Y<", "<LabelCode>?<"),
    "check digit": (SELLER, SELLER[:-1] + "C"),
    "no tax number": (SELLER, ""),
}


@pytest.mark.parametrize("sentence", NUMBERS)
def test_a_number_that_cannot_be_is_refused(sentence):
    with pytest.raises(BadField, match=sentence):
        read(NUMBERS[sentence])


FIGURES = {
    r"lines add up to 1999\.50 CNY, but 合计金额 is 1999\.00": [
        ("<TotalAmWithoutTax>1999.50", "<TotalAmWithoutTax>1999.00"),
        ("<TotalTaxAm>119.97", "<TotalTaxAm>120.47"),
    ],
    r"taxes of the lines add up to 119\.97 CNY, but 合计税额 is 120\.97": [
        ("<TotalTaxAm>119.97", "<TotalTaxAm>120.97"),
        ("<TotalTax-includedAmount>2119.47", "<TotalTax-includedAmount>2120.47"),
    ],
    r"net and tax make 2119\.47 CNY, but 价税合计 is 2119\.48": [
        ("<TotalTax-includedAmount>2119.47", "<TotalTax-includedAmount>2119.48")
    ],
    r"its words say 2119\.47 CNY, but 价税合计 is": [
        ("<Amount>139.50", "<Amount>139.51"),
        ("<TotalAmWithoutTax>1999.50", "<TotalAmWithoutTax>1999.51"),
        ("<TotalTax-includedAmount>2119.47", "<TotalTax-includedAmount>2119.48"),
    ],
    r"quantity and price make 139\.50 CNY, but the amount is 139\.52": [
        ("<Amount>139.50", "<Amount>139.52")
    ],
    r"the rate makes a tax of 8\.37 CNY, but the tax is 8\.39": [
        ("<ComTaxAm>8.370000", "<ComTaxAm>8.390000")
    ],
}


@pytest.mark.parametrize("sentence", FIGURES)
def test_figures_that_contradict_one_another_are_refused_with_both(sentence):
    with pytest.raises(TotalsDisagree, match=sentence):
        read(*FIGURES[sentence])


def test_a_tax_a_cent_beside_its_rate_is_what_prices_with_tax_come_to():
    changes = [
        ("<ComTaxAm>8.370000", "<ComTaxAm>8.38"),
        ("<TotalTaxAm>119.97", "<TotalTaxAm>119.98"),
        ("<TotalTax-includedAmount>2119.47", "<TotalTax-includedAmount>2119.48"),
        ("肆角柒分", "肆角捌分"),
    ]

    assert read(*changes).tax == Money(11_998, "CNY")


@pytest.mark.parametrize(
    ("rate", "category"), [("免税", "E"), ("不征税", "O"), ("0", "Z"), ("0%", "Z")]
)
def test_what_bears_no_tax_says_why(rate, category):
    changes = [
        ("<TaxRate>0.06<", f"<TaxRate>{rate}<"),
        ("<ComTaxAm>111.600000<", "<ComTaxAm>***<"),
        ("<ComTaxAm>8.370000<", "<ComTaxAm><"),
        ("<TotalTaxAm>119.97<", "<TotalTaxAm>***<"),
        ("2119.47", "1999.50"),
        ("贰仟壹佰壹拾玖圆肆角柒分", "壹仟玖佰玖拾玖圆伍角整"),
    ]

    claim = read(*changes)

    assert (claim.tax.minor, claim.gross.text) == (0, "1999.50")
    assert {(line.tax_category, line.tax_rate_e4) for line in claim.lines} == {(category, 0)}


def test_a_tax_on_a_difference_is_refused_with_the_way_out():
    with pytest.raises(BadField, match=r"差额征税.*as a statement"):
        read(("<TaxRate>0.06<", "<TaxRate>***<"))


def test_a_line_without_quantity_is_one_of_its_amount_and_a_discount_one_below_zero():
    changes = [
        ("<Quantity>2</Quantity><UnPrice>69.75</UnPrice>", ""),
        ("<Amount>139.50", "<Amount>-139.50"),
        ("<ComTaxAm>8.37", "<ComTaxAm>-8.37"),
        ("<TotalAmWithoutTax>1999.50", "<TotalAmWithoutTax>1720.50"),
        ("<TotalTaxAm>119.97", "<TotalTaxAm>103.23"),
        ("<TotalTax-includedAmount>2119.47", "<TotalTax-includedAmount>1823.73"),
        ("贰仟壹佰壹拾玖圆肆角柒分", "in words"),
    ]

    line = read(*changes).lines[1]

    assert (line.quantity_e4, line.price_e6, line.net.text) == (-10_000, 139_500_000, "-139.50")


def test_an_invoice_without_its_total_is_refused():
    with pytest.raises(FieldMissing, match="TotalTax-includedAmount"):
        read(("<TotalTax-includedAmount>2119.47</TotalTax-includedAmount>", ""))


def test_another_document_in_chinese_is_refused_by_its_name():
    with pytest.raises(NotAnInvoice, match="the file is a 发票; send the XML of a digital"):
        cn_fapiao.read("<发票><发票号码>1</发票号码></发票>".encode())
