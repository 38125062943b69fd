"""Asks official rules before a claim is booked, keeps what they say, and does what was decided."""

from dataclasses import asdict

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_checks import check_claim
from vendorops.domain.finding import Finding, fatal
from vendorops.domain.refusal import Refused
from vendorops.domain.verdict import Verdict
from vendorops.gateways.claim_judging import Judgement
from vendorops.gateways.claim_reading import FileRead
from vendorops.tables import ReceivedFile, RuleVerdict, VerdictPolicy

STOPS = "stops"
MOST = 50
"""Findings kept of one rule set; `invoice check` tells all of them."""


class OfficialRulesBroken(Refused):
    """The file breaks a rule that its standard makes fatal."""


def treatment_on(books: Books) -> str:
    """Return what a rejection does on the day of the books: it stops, unless we decided."""
    query = (
        select(VerdictPolicy.rejected)
        .where(col(VerdictPolicy.valid_from) <= books.as_of)
        .order_by(col(VerdictPolicy.valid_from).desc())
        .limit(1)
    )
    return books.session.exec(query).one_or_none() or STOPS


def certain(books: Books, judgement: Judgement, read: FileRead) -> ClaimDocument:
    """Return the claim of a file that may be booked as it was read.

    Refused with the first finding of official rules, unless rejections only warn; and whatever
    they say, where its figures leave nothing to match. Raises what `FileRead.claimed` does.
    """
    _refuse_rejected(books, judgement)
    claim = read.claimed()
    check_claim(claim)
    return claim


def _refuse_rejected(books: Books, judgement: Judgement) -> None:
    """Refuse a file with the first finding of official rules, unless rejections only warn."""
    verdicts = judgement.verdicts
    broken = [finding for each in verdicts for finding in fatal(list(each.findings))]
    if not broken or treatment_on(books) != STOPS:
        return
    first = broken[0]
    by = next(each.title for each in verdicts if first in each.findings)
    rest = f" and {len(broken) - 1} findings more" if len(broken) > 1 else ""
    raise OfficialRulesBroken(
        f"{first.where}: {first.code} of {by}: {first.message}{rest}; ask the supplier for a"
        " corrected invoice (vendorops invoice check tells all findings)"
    )


def keep_verdicts(books: Books, file: ReceivedFile, judgement: Judgement) -> None:
    """Keep what each rule set said of a file that now reaches its last state."""
    treatment = treatment_on(books)
    for verdict in judgement.verdicts:
        books.enter(
            RuleVerdict(
                id=books.key(),
                received_file_id=file.id,
                rules=verdict.rules,
                version=verdict.version,
                sha256=verdict.sha256,
                outcome=_outcome(verdict),
                treatment=treatment,
                fatal=len(fatal(list(verdict.findings))),
                findings=canonical([asdict(each) for each in _telling(verdict)]).decode(),
                judged_on=books.as_of,
            ),
            because=f"{file.reference} judged by {verdict.title}",
        )


def _telling(verdict: Verdict) -> list[Finding]:
    """Return the findings to keep, those that reject first."""
    stops = fatal(list(verdict.findings))
    rest = [finding for finding in verdict.findings if finding not in stops]
    return [*stops, *rest][:MOST]


def _outcome(verdict: Verdict) -> str:
    if verdict.aborted:
        return "aborted"
    return "accepted" if verdict.accepted else "rejected"
