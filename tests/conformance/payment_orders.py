"""Worked examples of payment orders, one for each format, all of them invented."""

from dataclasses import replace
from datetime import date

from vendorops.domain.money import Money
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder

IBAN = "DE89370400440532013000"
CARD = "6222020200012345670"
DEBTOR = Account("星河制造集团有限公司", "cn_account", "1001234509006789012", "102100099996")
PAYEE = Account("Lin & Söhne <GmbH>", "iban", IBAN, "COBADEFF")
ONE = CreditTransfer("PAY-2026-000001", Money(1999, "EUR"), PAYEE, "SET-2026-000007 2026-10")
ORDER = PaymentOrder(
    message_id="PMB-2026-000001",
    initiator="Xinghe Manufacturing Group",
    debtor=DEBTOR,
    execution_day=date(2026, 11, 12),
    created_day=date(2026, 11, 10),
    transfers=(ONE,),
)
SEPA = replace(
    ORDER,
    debtor=Account("Xinghe GmbH", "iban", "DE02120300000000202051", "BYLADEM1001"),
    transfers=(ONE._replace(payee=PAYEE._replace(holder="Łukasz & Söhne, Straße 1")),),
    details={"characters": "sepa"},
)
CHINESE = replace(
    ORDER,
    transfers=(
        ONE._replace(
            amount=Money(197_160, "CNY"),
            payee=Account("=HYPERLINK(恒信)", "cn_card", CARD, "102584002119"),
        ),
        ONE._replace(
            end_to_end_id="PAY-2026-000002",
            amount=Money(5, "CNY"),
            payee=Account("恒信人力", "cn_account", "0000209200456789", "102584002119"),
        ),
    ),
)
AMERICAN = replace(
    ORDER,
    initiator="Xinghe Manufacturing Group of America",
    debtor=Account("Xinghe America", "us_checking", "000111222333", "111000025"),
    transfers=(
        ONE._replace(
            amount=Money(150_000, "USD"),
            payee=Account("Renée Example", "us_savings", "99887766", "121042882", "person"),
        ),
        ONE._replace(
            end_to_end_id="PAY-2026-000002",
            amount=Money(1, "USD"),
            payee=Account(
                "Example Staffing Company LLC",
                "us_checking",
                "12345678",
                "231380104",
                "organization",
            ),
        ),
    ),
    details={
        "destination": "111000025",
        "destination_name": "Example Bank",
        "origin": "1234567890",
        "company_id": "1234567890",
        "description": "SERVICES",
    },
)
EXAMPLES = {"pain001": ORDER, "pain001_03": SEPA, "cn_batch": CHINESE, "nacha": AMERICAN}
