"""A SWIFT statement does what the statement of ISO 20022 does."""

import pytest

from tests.stages.bank_statements.told import NEXT, UNPROVED, asked, sent, states, take
from tests.stages.settlement.month import OUR_ACCOUNT, balances, rows
from vendorops.tables import BankStatement

pytestmark = pytest.mark.breaks(UNPROVED)
HEAD = ":20:{ident}\n:25:{account}\n:28C:{number}\n:60F:C{day}CNY{opening}\n"
FOOT = ":62F:C{day}CNY{closing}\n-\n"


def message(
    *lines: str, day="261105", opening="100000,00", closing="97535,50", number="1"
) -> bytes:
    told = {"ident": f"STM{number}", "account": OUR_ACCOUNT, "number": number, "day": day}
    parts = (HEAD.format(**told, opening=opening), *lines, FOOT.format(day=day, closing=closing))
    return "".join(parts).encode()


PAID = (
    ":61:2611051105D1971,60NTRFPAY-2026-000001//B1\n:86:Lieferant\n",
    ":61:2611051105D492,90NTRFNONREF//B2\n:86:177?00SEPA?20EREF+PAY-2026-000002\n",
)
BACK = ":61:2611061106RD1971,60NRTIPAY-2026-000001//B3\n:86:account closed\n"
FEE = ":61:2611061106D15,00NCHGNONREF//B4\n"


def test_payments_are_settled_come_back_and_the_fee_is_booked(opener):
    sent(opener, "40", "10")

    take(opener, message(*PAID), "1.sta")
    settled = states(opener)
    second = message(BACK, FEE, day="261106", opening="97535,50", closing="99492,10", number="2")
    take(opener, second, "2.sta")

    assert settled == ["settled", "settled"]
    assert states(opener) == ["returned", "settled"]
    assert asked(opener) == []
    with opener(as_of=NEXT)() as books:
        found = balances(books)
        assert (found["bank"], found["bank-charges"]) == (-49_290 - 1_500, 1_500)
        assert [row.sequence for row in rows(books, BankStatement)] == ["1", "2"]


def test_a_swift_statement_that_does_not_add_up_is_refused_whole(opener):
    sent(opener, "40", "10")

    outcome = take(opener, message(PAID[0]), "1.sta")

    assert "E_BANK_BALANCE" in outcome.refused[0][1]
    assert states(opener) == ["sent", "sent"]
