"""What a contract template may say about one contract, as plain strings and tables of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from vendorops.domain.money import Money

Data = Mapping[str, str | Sequence[Mapping[str, str]]]
"""Flat strings, and tables whose cells are strings."""


@dataclass(frozen=True)
class ContractTerm:
    """One dated line of the rate table."""

    code: str
    """Our stable name of the line, such as `placement_fee`."""
    description: str
    unit: str
    """What one of it is, in words: `hour`, `accepted ticket`."""
    price: str
    """The price as the parties read it: `120.00`, or `18 % of the first year's salary`."""
    since: date
    """First day on which the price holds; a later line of the same code replaces it."""
    volume: str = ""
    """Planned quantity of one month, where the program plans one (BPO)."""


@dataclass(frozen=True)
class ContractFields:
    """The facts every template may use; what only one program needs is in `particulars`.

    The shipped templates ask for these particulars, and refuse by name when one is missing:

    - `rpo`: `guarantee_days`, `guarantee_steps` (rows of `days`, `refund`; empty for a refund
      in proportion to the days not served); where agreed, `guarantee_layoff` (a word that those
      made redundant are excepted), `guarantee_replacement_days`, `guarantee_paid_late` (a word
      that nothing is given back where the fee was paid late)
    - `bpo`: `quality_target`, `service_credit`
    - `staffing`: `posts`, `headcount`, `workplace`, `licence_number`, `overtime_workday`,
      `overtime_rest_day`, `overtime_holiday` (multipliers such as `1.5`); in China, if agreed,
      `dispatch_pay` (rows of `post`, `nature`, `wage`, `insurance`, `fee`)
    - `freelance`: `revisions`

    What a contract may say or not is there as well, empty where nothing was agreed: OPTIONAL.
    """

    reference: str
    """What people call the contract: `CTR-2026-000007`."""
    day: date
    """The day the contract is dated; it chooses the template and the clauses."""
    program_title: str
    buyer_name: str
    buyer_identifier_masked: str
    """Tail of the registration number only, such as `**** 7X3K`."""
    supplier_name: str
    supplier_identifier_masked: str
    supplier_kind: str
    """`organization` or `person`; tax is withheld from persons."""
    start: date
    end: date
    """First day on which the contract no longer holds, as in `Period`; the text names the last."""
    currency: str
    """ISO 4217 code of every price."""
    cap: Money | None
    """Most that may be spent under the contract; None where the parties agreed no limit."""
    scope: str
    """What is to be done, in a sentence or two."""
    terms: tuple[ContractTerm, ...]
    review_days: int
    """Working days in which reported work is accepted or rejected."""
    payment_days: int
    """Calendar days from a proper invoice to payment."""
    languages: str = "zh,en"
    """`zh`, `en`, or `zh,en` for two columns; every template and clause speaks both."""
    notice_days: int = 30
    """Calendar days of notice for ending the contract without a cause."""
    liability_cap: str = ""
    """Most that a party owes in damages a year: `CNY 2,000,000.00`; else a year's fees."""
    late_interest: str = ""
    """Share of what is overdue for each day: `0.05 %`; else the rate of the law."""
    insurance_minimum: str = ""
    """Least sum insured for each event: `CNY 5,000,000.00`."""
    renewal: str = ""
    """For how long a renewal is signed, should the parties sign one: `12 个月 months`."""
    deemed_acceptance_days: str = ""
    """Working days from receipt after which silence accepts; else it never does."""
    prompt_pay: str = ""
    """Discount, and within which days it is for: `2 %, 10 日 days`."""
    tolerance: str = ""
    """By what share and amount a claimed price may differ: `1 %, CNY 50.00`; both limits hold."""
    non_solicit_months: str = ""
    tax_treatment: str = ""
    """What tax the fees bear, in words."""
    court: str = ""
    """Court or tribunal that the parties chose; else the one of the client's seat."""
    particulars: Data = field(default_factory=dict)

    def as_data(self) -> dict[str, str | Sequence[Mapping[str, str]]]:
        """Return what templates see: strings by name, days as ISO 8601, amounts with commas."""
        plain = {name: str(value) for name, value in vars(self).items() if name not in NOT_PLAIN}
        return {
            **dict.fromkeys(OPTIONAL, ""),
            **plain,
            "last_day": str(self.end - timedelta(days=1)),
            "cap": f"{self.cap.currency} {Decimal(self.cap.text):,}" if self.cap else "",
            "terms": [
                {name: str(value) for name, value in asdict(term).items()} for term in self.terms
            ],
            **self.particulars,
        }


OPTIONAL = (
    *("liability_cap", "late_interest", "insurance_minimum", "renewal"),
    *("deemed_acceptance_days", "prompt_pay", "tolerance", "non_solicit_months"),
    *("tax_treatment", "court"),
    *("guarantee_layoff", "guarantee_replacement_days", "guarantee_paid_late"),
)
NOT_PLAIN = {"end", "cap", "terms", "particulars"}
"""Fields that are not handed over by their own name as one string."""
