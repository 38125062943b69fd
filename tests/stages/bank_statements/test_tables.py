"""A bank's table settles payments as its statement would, once a mapping is saved."""

import pytest
import yaml

from tests.bank_messages.test_tables import HEADINGS, MEANINGS, ROWS, table
from tests.stages.bank_statements.told import NEXT, UNPROVED, asked, sent, states, take
from tests.stages.settlement.month import rows
from vendorops.domain.bank_layout import BadLayout
from vendorops.stages.bank_statements.mapping import save_mapping
from vendorops.tables import BankStatement, BankTableLayout

pytestmark = pytest.mark.breaks(UNPROVED)


def mapping(account: str = "ACC-2026-000001") -> bytes:
    columns = [{"heading": heading, "means": means}
               for heading, means in zip(HEADINGS, MEANINGS, strict=True)]  # fmt: skip
    return yaml.safe_dump({"account": account, "columns": columns}, allow_unicode=True).encode()


def saving(opener, data: bytes) -> None:
    with opener(actor="zhao.finance", as_of=NEXT)() as books:
        save_mapping(books, data)


def test_a_table_is_refused_without_a_mapping_and_read_once_one_is_saved(opener):
    sent(opener, "40", "10")
    refused = take(opener, table(*ROWS), "t.csv")
    saving(opener, mapping())
    saving(opener, mapping())

    take(opener, table(*ROWS), "t.csv")

    assert "no mapping is saved" in refused.refused[0][1]
    assert states(opener) == ["settled", "settled"]
    assert asked(opener) == ["E_BANK_UNKNOWN"]
    with opener(as_of=NEXT)() as books:
        assert len(rows(books, BankTableLayout)) == 1


def test_days_that_were_told_before_are_refused_and_what_follows_is_read(opener):
    sent(opener, "40", "10")
    saving(opener, mapping())
    take(opener, table(*ROWS[:2]), "1.csv")

    again = take(opener, table(*ROWS), "2.csv")
    take(opener, table(ROWS[2]), "3.csv")

    assert "E_BANK_OVERLAP: BST-2026-000001 told of 2026-11-05" in again.refused[0][1]
    assert states(opener) == ["settled", "settled"]
    with opener(as_of=NEXT)() as books:
        assert [row.closing_minor for row in rows(books, BankStatement)] == [9_803_340, 9_754_050]


def test_a_mapping_is_for_an_account_of_ours(opener):
    sent(opener, "40")

    with pytest.raises(BadLayout, match="is no account of ours"):
        saving(opener, mapping("ACC-2026-000002"))
