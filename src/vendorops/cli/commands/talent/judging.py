"""Verify people and their certificates, and assess them."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, WORDS, as_option, books_of, day_option, json_option
from vendorops.documents.forms import BadForm
from vendorops.tables import TalentCertificate, TalentProfile
from vendorops.talent.assessing import assess as enter_assessment
from vendorops.talent.certificates import verify_certificate
from vendorops.talent.verifying import verify as enter_verification

evidence_option = click.option("--evidence", type=FILE, help="File the finding rests on; kept.")


@click.command(
    help="Say what you found about REFERENCE: a person (TAL-…) or a certificate (CRT-…). "
    "Identity first, then claims; whoever registered somebody may not verify him."
)
@click.argument("reference")
@click.argument("outcome", type=click.Choice(["sound", "doubtful"]))
@click.option("--what", type=click.Choice(["identity", "claims"]), help="Of a person.")
@click.option("--reason", type=WORDS, required=True, help="What you did and saw.")
@evidence_option
@as_option
@day_option
@json_option
def verify(  # noqa: PLR0913 - click's own.
    *,
    reference: str,
    outcome: str,
    what: str | None,
    reason: str,
    evidence: Path | None,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter a finding and say where the person stands."""
    with books_of(actor, as_of) as books:
        if reference.startswith("CRT-"):
            row = books.named(TalentCertificate, reference)
            verify_certificate(books, row, sound=outcome == "sound", because=reason)
            told = {"certificate": row.reference, "status": row.status}
        else:
            if not (what and evidence):
                raise BadForm("of a person give --what identity or claims, and --evidence FILE")
            profile = books.named(TalentProfile, reference)
            finding = (outcome, reason)
            enter_verification(books, profile, what, finding, evidence.read_bytes())
            told = {"talent": profile.reference, "status": profile.status}
    emit([told], as_json=as_json, title="Verified")


@click.command(
    help="Enter what TALENT (TAL-…) scored in a competency model. A grade needs every dimension "
    "at its level; a newer assessment takes the place of an older one, which stays."
)
@click.argument("talent")
@click.option(
    "--model", default="web_anchor", show_default=True, help="Which competencies are scored."
)
@click.option("--score", "scores", multiple=True, required=True, help="Such as charm=85.")
@click.option("--evidence", type=FILE, required=True, help="File the scores rest on; kept.")
@as_option
@day_option
@json_option
def assess(  # noqa: PLR0913 - click's own.
    *,
    talent: str,
    model: str,
    scores: tuple[str, ...],
    evidence: Path,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter an assessment and say which grade it reaches."""
    given = dict(_score(one) for one in scores)
    if len(given) < len(scores):
        raise BadForm("a dimension is scored twice; keep one")
    with books_of(actor, as_of) as books:
        profile = books.named(TalentProfile, talent)
        row = enter_assessment(books, profile, model, given, evidence.read_bytes())
        told = {"assessment": row.reference, "talent": talent, "grade": row.grade or None, **given}
    emit([told], as_json=as_json, title="Assessed")


def _score(text: str) -> tuple[str, int]:
    name, _, score = text.partition("=")
    if not score.isdecimal():
        raise BadForm(f"{text[:40]!r} is not a score; write it such as charm=85")
    return name, int(score)
