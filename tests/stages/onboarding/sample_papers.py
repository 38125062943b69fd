"""Writes the papers that the shipped applications attach: what each application says of them."""

from datetime import timedelta
from pathlib import Path

import yaml

from vendorops.documents import LicenceFields, sample_licence

SAMPLES = Path(__file__).parents[3] / "src" / "vendorops" / "demo" / "samples"
TITLES = {
    "business_licence": ("营业执照 Business licence", "依法自主开展经营活动 lawful business"),
    "hr_service_licence": ("人力资源服务许可证 Licence for HR services", "职业中介活动 placement"),
    "dispatch_licence": (
        "劳务派遣经营许可证 Licence for labour dispatch",
        "劳务派遣业务 dispatch",
    ),
    "identity_proof": ("居民身份证明 Proof of identity", "身份证明 identity"),
    "withholding_consent": (
        "代扣代办申报同意书 Consent to withholding and filing",
        "同意代扣 consent",
    ),
    "outsourcing_filing": (
        "人力资源服务备案 Filing of HR services",
        "人力资源服务外包 outsourcing",
    ),
    "tax_status": ("增值税一般纳税人资格证明 Proof of VAT status", "一般纳税人 general taxpayer"),
    "bank_proof": ("开户证明 Proof of bank account", "单位结算账户 account of the company"),
    "own_account": ("本人账户证明 Proof of own account", "本人名下 in the holder's own name"),
}


def applications() -> list[Path]:
    return sorted((SAMPLES / "applications").glob("*.yaml"))


def papers(application: Path) -> dict[str, bytes]:
    """Return the files of an application by name."""
    said = yaml.safe_load(application.read_text("utf-8"))
    return {paper["file"]: _paper(said["party"]["name"], paper) for paper in said["documents"]}


def _paper(holder, said):
    title, scope = TITLES[said["kind"]]
    figures = [f"{name} {int(value):,}" for name, value in said.get("figures", {}).items()]
    last_day = said["valid_to"] - timedelta(days=1) if "valid_to" in said else None
    return sample_licence(
        LicenceFields(
            title=title,
            issuer=said["issuer"],
            number=str(said["number"]),
            holder=holder,
            scope="; ".join([scope, *figures]),
            valid_from=said["valid_from"],
            valid_to=last_day,
        )
    )


def write_all() -> None:
    """Write every paper into the shipped samples."""
    for application in applications():
        for name, data in papers(application).items():
            (SAMPLES / "documents" / name).write_bytes(data)
