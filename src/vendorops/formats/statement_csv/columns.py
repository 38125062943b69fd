"""What columns of a statement mean, by the names that suppliers give them."""

COLUMNS = {
    "statement": ("statement", "statement number", "statement no", "对账单号", "账单号"),
    "date": ("date", "statement date", "日期", "对账日期", "账单日期"),
    "currency": ("currency", "币种", "货币"),
    "seller": ("seller", "supplier", "supplier name", "供应商", "供应商名称", "销售方"),
    "seller id": ("seller id", "supplier id", "supplier number", "供应商编号", "供应商代码"),
    "buyer": ("buyer", "customer", "采购方", "购买方", "客户"),
    "contract": ("contract", "contract number", "合同", "合同号", "合同编号"),
    "line": ("line", "line number", "line no", "行号", "序号"),
    "description": ("description", "service", "item", "描述", "项目", "说明", "服务内容"),
    "quantity": ("quantity", "qty", "数量"),
    "unit": ("unit", "单位"),
    "price": ("price", "unit price", "单价"),
    "amount": ("amount", "net", "net amount", "金额", "不含税金额"),
    "tax rate": ("tax rate", "税率"),
    "tax": ("tax", "tax amount", "税额"),
    "total": ("total", "gross", "statement total", "价税合计", "合计"),
    "work reference": ("work reference", "reference", "工作编号", "工单号", "工作单号"),
}
"""The meaning of a column, and the names it may have; `total` is the gross of the statement."""
NEEDED = (
    "statement",
    "date",
    "currency",
    "seller id",
    "line",
    "description",
    "quantity",
    "price",
    "amount",
)
WHOLE = ("statement", "date", "currency", "seller", "seller id", "buyer", "contract", "total")
"""Columns that concern the whole statement, so every row must say the same."""
MEANINGS = {name: meaning for meaning, names in COLUMNS.items() for name in names}


def meaning_of(header: str) -> str:
    """Return what a column means, or nothing when its name is not known.

    >>> meaning_of(" Seller_ID "), meaning_of("单价"), meaning_of("colour")
    ('seller id', 'price', '')
    """
    words = header.casefold().replace("_", " ").replace("-", " ").replace(".", " ").split()
    return MEANINGS.get(" ".join(words), "")
