"""Invoices in formats that we only read, as text to be edited: written here, of nobody."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SELLER = "91310000000000000U"
"""A well-formed number of nobody."""
SOURCE = "26310000000000000007"

FATTURA = """<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12"
    xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
 <FatturaElettronicaHeader>
  <CedentePrestatore><DatiAnagrafici>
   <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA>
   <Anagrafica><Nome>Ada</Nome><Cognome>Esempio</Cognome></Anagrafica>
  </DatiAnagrafici></CedentePrestatore>
  <CessionarioCommittente><DatiAnagrafici>
   <Anagrafica><Denominazione>Stella S.p.A.</Denominazione></Anagrafica>
  </DatiAnagrafici></CessionarioCommittente>
 </FatturaElettronicaHeader>
 <FatturaElettronicaBody>
  <DatiGenerali>
   <DatiGeneraliDocumento>
    <TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa><Data>2026-10-31</Data>
    <Numero>FT 7</Numero>
    <ImportoTotaleDocumento>244.00</ImportoTotaleDocumento>
   </DatiGeneraliDocumento>
   <DatiOrdineAcquisto>
    <RiferimentoNumeroLinea>2</RiferimentoNumeroLinea>
    <IdDocumento>WO-2026-000001</IdDocumento><NumItem>W-2</NumItem>
   </DatiOrdineAcquisto>
   <DatiContratto><IdDocumento>CON-2026-000001</IdDocumento></DatiContratto>
   <DatiFattureCollegate><IdDocumento>FT 1</IdDocumento></DatiFattureCollegate>
  </DatiGenerali>
  <DatiBeniServizi>
   <DettaglioLinee>
    <NumeroLinea>1</NumeroLinea><Descrizione>Sorting</Descrizione>
    <Quantita>2.00</Quantita><UnitaMisura>h</UnitaMisura>
    <PrezzoUnitario>50.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale>
    <AliquotaIVA>22.00</AliquotaIVA>
    <RiferimentoAmministrazione>WRK-2026-000001</RiferimentoAmministrazione>
   </DettaglioLinee>
   <DettaglioLinee>
    <NumeroLinea>2</NumeroLinea><Descrizione>Report</Descrizione>
    <PrezzoUnitario>100.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale>
    <AliquotaIVA>22.00</AliquotaIVA>
   </DettaglioLinee>
   <DatiRiepilogo>
    <AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>200.00</ImponibileImporto>
    <Imposta>44.00</Imposta>
   </DatiRiepilogo>
  </DatiBeniServizi>
  <DatiPagamento><DettaglioPagamento>
   <ImportoPagamento>244.00</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN>
  </DettaglioPagamento></DatiPagamento>
 </FatturaElettronicaBody>
</p:FatturaElettronica>
"""

DIGITAL = f"""<?xml version="1.0" encoding="utf-8"?>
<EInvoice>
 <Header>
  <EIid>26310000000000000001</EIid><Version>0.33</Version>
  <InherentLabel>
   <InIssuType><LabelCode>Y</LabelCode></InIssuType>
   <GeneralOrSpecialVAT><LabelCode>01</LabelCode></GeneralOrSpecialVAT>
  </InherentLabel>
 </Header>
 <EInvoiceData>
  <SellerInformation>
   <SellerIdNum>{SELLER}</SellerIdNum><SellerName>恒信劳务派遣有限公司</SellerName>
   <SellerBankAccNum>6222000000000000</SellerBankAccNum>
  </SellerInformation>
  <BuyerInformation><BuyerName>星河制造集团有限公司</BuyerName></BuyerInformation>
  <BasicInformation>
   <TotalAmWithoutTax>1999.50</TotalAmWithoutTax><TotalTaxAm>119.97</TotalTaxAm>
   <TotalTax-includedAmount>2119.47</TotalTax-includedAmount>
   <TotalTax-includedAmountInChinese>贰仟壹佰壹拾玖圆肆角柒分</TotalTax-includedAmountInChinese>
  </BasicInformation>
  <IssuItemInformation>
   <ItemName>*人力资源服务*分拣</ItemName><SpecMod>WRK-2026-000001</SpecMod>
   <MeaUnits>小时</MeaUnits><Quantity>40</Quantity><UnPrice>46.5</UnPrice>
   <Amount>1860.00</Amount><TaxRate>0.06</TaxRate><ComTaxAm>111.600000</ComTaxAm>
  </IssuItemInformation>
  <IssuItemInformation>
   <ItemName>*人力资源服务*加班</ItemName><SpecMod></SpecMod>
   <MeaUnits>小时</MeaUnits><Quantity>2</Quantity><UnPrice>69.75</UnPrice>
   <Amount>139.50</Amount><TaxRate>0.06</TaxRate><ComTaxAm>8.370000</ComTaxAm>
  </IssuItemInformation>
  <AdditionalInformation>
   <Remark>合同编号:CON-2026-000001 订单号:WO-2026-000001</Remark>
  </AdditionalInformation>
 </EInvoiceData>
 <TaxSupervisionInfo>
  <InvoiceNumber>26310000000000000001</InvoiceNumber><IssueTime>2026-10-31 10:08:05</IssueTime>
 </TaxSupervisionInfo>
</EInvoice>
"""

RED = (
    DIGITAL.replace("<LabelCode>Y<", "<LabelCode>N<")
    .replace("WRK-2026-000001", "")
    .replace("<Quantity>", "<Quantity>-")
    .replace("<Amount>", "<Amount>-")
    .replace("<ComTaxAm>", "<ComTaxAm>-")
    .replace("<TotalAmWithoutTax>", "<TotalAmWithoutTax>-")
    .replace("<TotalTaxAm>", "<TotalTaxAm>-")
    .replace("<TotalTax-includedAmount>", "<TotalTax-includedAmount>-")
    .replace(
        "<Remark>", f"<Remark>被红冲蓝字数电发票号码:{SOURCE} 红字发票信息确认单编号:311026101 "
    )
)
"""The same as a red-letter invoice: below zero, with the number of what it takes back."""

TAX_CONTROL = f"""<?xml version="1.0" encoding="utf-8"?>
<eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">
 <fp:InvoiceCode>031002000211</fp:InvoiceCode><fp:InvoiceNo>00000007</fp:InvoiceNo>
 <fp:TypeCode>0</fp:TypeCode><fp:IssueDate>2026年10月31日</fp:IssueDate>
 <fp:Buyer><fp:BuyerName>星河制造集团有限公司</fp:BuyerName></fp:Buyer>
 <fp:Seller>
  <fp:SellerName>恒信劳务派遣有限公司</fp:SellerName><fp:SellerTaxID>{SELLER}</fp:SellerTaxID>
  <fp:SellerFinancialAccount>某银行某支行 6222000000000000</fp:SellerFinancialAccount>
 </fp:Seller>
 <fp:TaxInclusiveTotalAmount>106.00</fp:TaxInclusiveTotalAmount>
 <fp:Note>合同号 CON-2026-000001</fp:Note>
 <fp:TaxTotalAmount>6.00</fp:TaxTotalAmount>
 <fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount>
 <fp:GoodsInfos><fp:GoodsInfo>
  <fp:Item>*人力资源服务*分拣</fp:Item><fp:Price>50</fp:Price><fp:Quantity>2</fp:Quantity>
  <fp:Amount>100.00</fp:Amount><fp:TaxScheme>6%</fp:TaxScheme><fp:TaxAmount>6.00</fp:TaxAmount>
 </fp:GoodsInfo></fp:GoodsInfos>
</eInvoice>
"""

COVER = {
    "发票代码": "031002000211",
    "发票号码": "00000007",
    "开票日期": "2026年10月31日",
    "合计金额": "100.00",
    "合计税额": "6.00",
    "销售方纳税人识别号": SELLER,
}
OFD = "http://www.ofdspec.org/2016"


def ofd(*invoices: str, cover: dict[str, str] | None = None, parts=()) -> bytes:
    """An OFD with invoices attached, its cover, and whatever parts are added or replaced."""
    names = [f"Doc_0/Attachs/original_invoice{at or ''}.xml" for at in range(len(invoices))]
    said = COVER if cover is None else cover
    customs = "".join(f'<o:CustomData Name="{key}">{said[key]}</o:CustomData>' for key in said)
    listed = "".join(
        f"<o:Attachment><o:FileLoc>{name.rpartition('/')[2]}</o:FileLoc></o:Attachment>"
        for name in names
    )
    written: dict[str, bytes] = {
        "OFD.xml": f'<o:OFD xmlns:o="{OFD}"><o:DocBody><o:DocInfo><o:CustomDatas>{customs}'
        "</o:CustomDatas></o:DocInfo><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody>"
        "</o:OFD>".encode(),
        "Doc_0/Document.xml": f'<o:Document xmlns:o="{OFD}"><o:Attachments>'
        "Attachs/Attachments.xml</o:Attachments></o:Document>".encode(),
        "Doc_0/Attachs/Attachments.xml": (
            f'<o:Attachments xmlns:o="{OFD}">{listed}</o:Attachments>'.encode()
        ),
    }
    written |= dict(zip(names, (invoice.encode() for invoice in invoices), strict=True)) | dict(
        parts
    )
    return zipped(written)


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
