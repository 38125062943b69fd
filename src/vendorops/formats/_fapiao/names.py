"""How the kinds of Chinese invoice files call things."""

CURRENCY = "CNY"
"""All of them are in yuan."""
DIGITAL_ROOT = "EInvoice"
"""数电票, digital invoices since 2021 (Ministry of Finance's data standard)."""
TAX_CONTROL = {"fp": "http://www.edrm.org.cn/schema/e-invoice/2019"}
"""Electronic VAT invoices of the tax control system, before digital ones."""
TAX_CONTROL_ROOT = "eInvoice"
ACCOUNTING = {"inv": "http://xbrl.mof.gov.cn/taxonomy/2021-09-30/inv"}
"""The same invoices as XBRL of the accounting data standard, as their issuers write it."""
ACCOUNTING_ROOT = "xbrl"
SIGNS = ("<EInvoice", TAX_CONTROL["fp"], ACCOUNTING["inv"])
"""What the beginning of such a file holds."""
