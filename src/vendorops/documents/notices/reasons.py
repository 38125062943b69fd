"""Why an amount is not explained by accepted work, in Chinese; `Reason` says it in English.

And why something is taken off without any claim, in both.
"""

from vendorops.domain.matching import Reason

REASONS_ZH: dict[str, str] = {
    Reason.CREDIT: "只有贷项通知单可以出现负数金额。",
    Reason.DOCUMENT_TOTAL: "各行合计与单据净额不符。",
    Reason.WRONG_TAX_AMOUNT: "单据税额与各行税率计算结果不符。",
    Reason.NO_REFERENCE: "该行未注明所对应的工作。",
    Reason.REFERENCE_UNKNOWN: "该行所列编号在我方账簿中不存在。",
    Reason.NO_SUCH_WORK: "该行所列工作不属于本合同。",
    Reason.WRONG_CURRENCY: "该工作约定以另一币种计价。",
    Reason.WRONG_PERIOD: "该工作属于其他月份且已在当月验收。",
    Reason.WRONG_TAX_CATEGORY: "该行的税种类别与工作完成当日应适用的类别不同。",
    Reason.WRONG_TAX_RATE: "该行的税率与工作完成当日应适用的税率不同。",
    Reason.LINE_ARITHMETIC: "该行净额不等于数量乘以单价。",
    Reason.NOT_ACCEPTED_YET: "该工作尚未验收。",
    Reason.GRADE_BELOW_AGREED: "该工作验收等级低于约定等级或未评定等级。",
    Reason.DUPLICATE_LINE: "该工作已验收的部分此前已全部请款。",
    Reason.PRICE_ABOVE_TERM: "单价高于合同约定。",
    Reason.PRICE_BELOW_TERM: "单价低于合同约定。",
    Reason.QUANTITY_ABOVE_ACCEPTED: "请款数量超过已验收数量。",
    Reason.CAP_EXCEEDED: "请款将超出合同金额上限。",
    Reason.ROUNDING: "四舍五入方式不同且差额不超过一个最小货币单位。",
}

CREDITS: dict[str, tuple[str, str]] = {
    "guarantee": ("保证期退款", "Guarantee refunds"),
    "service_level": ("服务水平扣减", "Service credits"),
    "late_delivery": ("逾期扣减", "Late fines"),
    "correction": ("已验收工时的更正", "Corrections of accepted time"),
    "volume_discount": ("阶梯量折扣", "Volume discounts"),
    "volume_correction": (
        "以前月份阶梯量折扣的更正",
        "Volume discounts of earlier months, corrected",
    ),
    "rebate": ("返利", "Rebates"),
    "rebate_correction": ("返利的更正", "Rebates, corrected"),
    "prompt_payment": ("提前付款折扣", "Discounts for prompt payment"),
    "prompt_payment_returned": ("退还的提前付款折扣", "Discounts for prompt payment, given back"),
    "earnings_correction": ("以前期间收益的更正", "Earnings of earlier periods, corrected"),
    "earnings_deduction": ("收益扣款", "Deductions from earnings"),
    "deduction_returned": ("退还的收益扣款", "Deductions from earnings, given back"),
    "advance_recovery": ("预支款抵扣", "Advances recovered"),
    "advance_returned": ("退还的预支款抵扣", "Advances recovered, given back"),
    "program_fee": ("项目管理费", "Program fees"),
    "program_fee_correction": ("项目管理费的更正", "Program fees, corrected"),
}
"""What credit memos take off, Chinese and English, by their kind."""
