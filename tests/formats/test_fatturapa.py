import pytest

from tests.formats.foreign import FATTURA
from vendorops.domain.money import Money
from vendorops.formats import NotAnInvoice, TotalsDisagree, fatturapa, format_of
from vendorops.formats._xml import BadField, FieldMissing

CASSA = (
    "<DatiCassaPrevidenziale><TipoCassa>TC22</TipoCassa>"
    "<ImportoContributoCassa>8.00</ImportoContributoCassa><AliquotaIVA>22.00</AliquotaIVA>"
    "</DatiCassaPrevidenziale>"
)
BOLLO = "<DatiBollo><ImportoBollo>2.00</ImportoBollo></DatiBollo>"
WITHHELD = "<DatiRitenuta><ImportoRitenuta>40.00</ImportoRitenuta></DatiRitenuta>"
DISCOUNT = "<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>10.00</Importo></ScontoMaggiorazione>"
TOTAL = "<ImportoTotaleDocumento>244.00<"


def edited(*changes):
    text = FATTURA
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def read(*changes):
    return fatturapa.read(edited(*changes))


def with_total(extra, total):
    """The invoice with something in its head and another total."""
    return (TOTAL, f"<X/>{TOTAL}".replace("<X/>", extra).replace("244.00", total))


def test_an_invoice_is_read_whole():
    claim = read()

    assert format_of(edited(), "a.xml") is fatturapa
    assert (claim.kind, claim.number, str(claim.issue_date)) == ("invoice", "FT 7", "2026-10-31")
    assert (claim.seller_name, claim.seller_identifiers) == ("Ada Esempio", ("IT01234567897",))
    assert (claim.buyer_name, claim.contract_reference) == ("Stella S.p.A.", "CON-2026-000001")
    assert (claim.order_references, claim.preceding_numbers) == (("WO-2026-000001",), ("FT 1",))
    assert claim.payee_accounts == ("IT60X0542811101000000123456",)
    assert (claim.net.text, claim.tax.text, claim.gross.text) == ("200.00", "44.00", "244.00")
    assert [line.work_reference for line in claim.lines] == ["WRK-2026-000001", "W-2"]
    assert [(line.quantity_e4, line.price_e6) for line in claim.lines] == [
        (20_000, 50_000_000),
        (10_000, 100_000_000),
    ]


@pytest.mark.parametrize(("code", "kind"), [("TD04", "credit_note"), ("TD06", "invoice")])
def test_the_kind_follows_the_code(code, kind):
    claim = read(("TD01", code))

    assert (claim.kind, claim.type_code) == (kind, code)


@pytest.mark.parametrize("code", ["TD16", "TD20", "TD28", "380"])
def test_a_document_for_the_tax_office_asks_for_no_money_and_is_refused(code):
    with pytest.raises(NotAnInvoice, match=f"kind {code}"):
        read(("TD01", code))


def test_a_lot_is_refused_because_a_file_is_one_claim():
    body = FATTURA[FATTURA.index("<FatturaElettronicaBody>") : FATTURA.index("</p:Fattura")]

    with pytest.raises(NotAnInvoice, match="a lot of 2 invoices; send one per file"):
        read((body, body + body))


def test_a_total_that_is_not_stated_is_what_bases_and_taxes_make():
    silent = (f"{TOTAL}/ImportoTotaleDocumento>", "")

    assert read(silent).gross == Money.parse("244.00", "EUR")


@pytest.mark.parametrize(
    ("extra", "total"),
    [
        (DISCOUNT, "234.00"),
        (DISCOUNT.replace("SC", "MG"), "254.00"),
        ("<Arrotondamento>0.01</Arrotondamento>", "244.01"),
        (BOLLO, "244.00"),
        (BOLLO, "246.00"),
    ],
)
def test_what_changes_the_total_changes_the_net_that_is_claimed(extra, total):
    claim = read(with_total(extra, total))

    assert (claim.gross.text, claim.tax.text) == (total, "44.00")
    assert claim.net == claim.gross - claim.tax


def test_a_total_that_its_parts_do_not_make_is_refused_with_both_figures():
    with pytest.raises(TotalsDisagree, match=r"parts make 244\.00 EUR, but .* is 245\.00 EUR"):
        read(with_total("", "245.00"))


def test_a_total_less_what_is_withheld_is_refused_with_the_remedy():
    with pytest.raises(TotalsDisagree, match="with its total before what we withhold"):
        read(with_total(WITHHELD, "204.00"))
    assert read(with_total(WITHHELD, "244.00")).payable == Money.parse("244.00", "EUR")


def test_a_pension_contribution_belongs_to_the_base_of_its_rate():
    changes = [
        with_total(CASSA, "253.76"),
        ("<ImponibileImporto>200.00", "<ImponibileImporto>208.00"),
        ("<Imposta>44.00", "<Imposta>45.76"),
    ]

    assert read(*changes).net == Money.parse("208.00", "EUR")
    with pytest.raises(TotalsDisagree, match=r"at 22\.00 % .* come to 200\.00 EUR"):
        read(*[(old.replace(CASSA, ""), new.replace(CASSA, "")) for old, new in changes])


def test_a_tax_that_the_rate_does_not_make_is_refused_a_cent_is_not():
    cent = [("<Imposta>44.00", "<Imposta>44.01"), with_total("", "244.01")]

    assert read(*cent).tax == Money.parse("44.01", "EUR")
    with pytest.raises(TotalsDisagree, match=r"tax of 44\.00 EUR, but Imposta is 44\.02 EUR"):
        read(("<Imposta>44.00", "<Imposta>44.02"))


def test_a_line_that_is_not_its_quantity_times_its_price_is_refused():
    with pytest.raises(TotalsDisagree, match=r"make 150\.00 EUR, but PrezzoTotale is 100\.00"):
        read(("<Quantita>2.00", "<Quantita>3.00"))


def test_the_discount_of_a_line_is_in_the_price_of_a_unit():
    line = "<PrezzoUnitario>50.00</PrezzoUnitario>"
    tenth = (
        "<ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>50.00</Percentuale>"
        "</ScontoMaggiorazione>"
    )

    claim = read((line, line.replace("50.00", "100.00") + tenth))

    assert claim.lines[0].price_e6 == 50_000_000


def test_a_price_below_zero_becomes_a_quantity_below_zero():
    changes = [
        (
            ">100.00</PrezzoUnitario><PrezzoTotale>100.00",
            ">-50.00</PrezzoUnitario><PrezzoTotale>-50",
        ),
        ("<ImponibileImporto>200.00", "<ImponibileImporto>50.00"),
        ("<Imposta>44.00", "<Imposta>11.00"),
        with_total("", "61.00"),
    ]

    line = read(*changes).lines[1]

    assert (line.quantity_e4, line.price_e6, line.net.text) == (-10_000, 50_000_000, "-50.00")


def test_several_contracts_in_one_invoice_are_refused():
    other = "<DatiContratto><IdDocumento>CON-2</IdDocumento></DatiContratto><DatiContratto>"

    with pytest.raises(NotAnInvoice, match="names 2 contracts"):
        read(("<DatiContratto>", other))


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("<Tipo>SC</Tipo>", "<Tipo>XX</Tipo>", BadField),
        ("<Importo>10.00</Importo>", "<Percentuale>5.00</Percentuale>", BadField),
    ],
)
def test_a_discount_that_cannot_be_told_is_refused(old, new, wrong):
    with pytest.raises(wrong):
        read(with_total(DISCOUNT.replace(old, new), "234.00"))


def test_an_invoice_without_a_summary_by_rate_is_refused():
    start, end = FATTURA.index("<DatiRiepilogo>"), FATTURA.index("</DatiBeniServizi>")

    with pytest.raises(FieldMissing, match="no DatiRiepilogo"):
        read((FATTURA[start:end], ""))


def test_a_date_with_a_time_zone_is_a_date():
    assert str(read(("2026-10-31", "2026-10-31+01:00")).issue_date) == "2026-10-31"


def test_another_document_of_the_same_office_is_refused_by_its_name():
    with pytest.raises(NotAnInvoice, match="the file is a FatturaElettronicaSemplificata"):
        read(("p:FatturaElettronica", "p:FatturaElettronicaSemplificata"))
