"""Asks official rules before a claim is booked, keeps what they say, and does what was decided."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.documents import kept
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_checks import check_claim
from vendorops.domain.finding import Finding, fatal
from vendorops.domain.refusal import Refused
from vendorops.domain.verdict import Verdict
from vendorops.gateways.child import Quarantined
from vendorops.gateways.claim_judging import Judgement, judge_claims, may_be_judged
from vendorops.gateways.claim_reading import FileRead
from vendorops.gateways.official_rules import Rules
from vendorops.tables import ReceivedFile, RuleVerdict, VerdictPolicy

STOPS = "stops"
UNJUDGED = Judgement("", None, ())
JUDGED = "vendorops.intake.judged"
"""Under which name a session keeps what was judged ahead, by the key of the file."""
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


@contextmanager
def judged_beside(books: Books, files: Sequence[ReceivedFile]) -> Iterator[None]:
    """Have many files judged on all processors while the block does something else."""
    with ThreadPoolExecutor(1) as beside:
        judged = beside.submit(_judged, books, files)  # It reads documents only, never rows.
        yield
        books.session.info[JUDGED] = judged.result()


def judgement_of(books: Books, file: ReceivedFile) -> Judgement:
    """Return what is known of a file: as it was judged ahead, or having it judged now."""
    ahead: dict[int, Judgement] = books.session.info.get(JUDGED, {})
    known = ahead if file.id in ahead else _judged(books, [file])
    return known[file.id]


def _judged(books: Books, files: Sequence[ReceivedFile]) -> dict[int, Judgement]:
    """Have those judged that may be e-invoices; of the others official rules say nothing."""
    wanted = [file for file in files if may_be_judged(kept(books, file.sha256))]
    datas = ((file.name, kept(books, file.sha256)) for file in wanted)
    judged = judge_claims(datas, Rules(folder=books.settings.rules))
    found = dict(zip((file.id for file in wanted), judged, strict=True))
    return {file.id: found.get(file.id, UNJUDGED) for file in files}


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
    """Refuse a file with the first finding of official rules, unless rejections only warn.

    Raises Quarantined where it broke a limit of those who judge it.
    """
    if isinstance(judgement.refused, Quarantined):
        raise judgement.refused
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
