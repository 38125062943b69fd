"""Leaves out of a company's name what only says which legal form it has."""

import re

from rigour.names import remove_org_prefixes, remove_org_types
from rigour.text.normalize import Normalize

_AS_TOKENS = Normalize.CASEFOLD | Normalize.NAME
_GENERIC = ("co", "company", "kompaniya")
"""What is left of a form such as `Company Limited` when the form itself is gone."""
_EAST_ASIAN = re.compile(
    "(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司|公司|有限合伙|有限合夥"
    "|普通合伙|株式会社|合同会社|有限会社|주식회사|유한회사)(?![\u3400-\u9fff\uac00-\ud7af])"
    "|(?<![\u3400-\u9fff])(?:株式会社|合同会社|有限会社)|(?<![\uac00-\ud7af])주식회사"
)
"""Forms of languages that put no blank before them, as the registries there spell them."""


def without_legal_form(tokens: list[str]) -> list[str]:
    """Return the tokens of a company's name, in small letters, less its legal form.

    A name that is nothing but a legal form is left as it is.

    >>> without_legal_form("The Foo Company Limited".split())
    ['foo']
    >>> without_legal_form(["上海云枢数据服务有限公司"])
    ['上海云枢数据服务']
    """
    text = " ".join(tokens).casefold()
    shorter = remove_org_types(remove_org_prefixes(text), normalize_flags=_AS_TOKENS)
    left = _EAST_ASIAN.sub(" ", shorter).split()
    while left and left[-1] in _GENERIC:
        left.pop()
    return left or text.split()
