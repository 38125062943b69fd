"""What the published rules say of files that we wrote, asked as of everybody's."""

from collections.abc import Sequence

from vendorops.gateways.claim_judging import judge_claims
from vendorops.gateways.claim_reading import GivenFile


def faults(syntax: str, files: Sequence[bytes]) -> list[str]:
    """Return what the schema and the rules have against files of one syntax; nothing is best."""
    judged = list(
        judge_claims(GivenFile(data, f"{number}.xml") for number, data in enumerate(files))
    )
    assert all(each.read.format == syntax and each.verdicts for each in judged)
    return [f"{found.code} {found.message}" for each in judged for found in each.findings]
