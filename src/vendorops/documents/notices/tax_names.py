"""What a tax is called on papers: in Chinese by the start of its code, in English as the law."""

from vendorops.documents.notices.heading import said
from vendorops.law import jurisdiction

NAMES_ZH = {"cn.iit": "个人所得税", "cn.vat": "增值税", "cn.surcharges": "附加税费"}
"""What a tax is called in Chinese, by the beginning of its code."""


def tax_name(place: str, tax: str, languages: str) -> str:
    """Return a tax by its name, in the languages of a paper as far as it has one in them."""
    title = jurisdiction(place).tax(tax).title
    zh = next((name for start, name in NAMES_ZH.items() if tax.startswith(start)), "")
    return said(languages, zh=zh, en=title) if zh else title
