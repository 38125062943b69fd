"""Judges a signed PDF against what was sent: who signed, and whether anything else was changed."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.gateways.child import LIMITS, Quarantined, run_limited
from vendorops.gateways.pdf_signatures import FoundSignature, found_signatures

HARMLESS = ("none", "lta_updates", "form_filling")
"""What may be added after a signature: other signatures, and proofs that keep them verifiable."""
_FOUND = TypeAdapter(tuple[FoundSignature, ...])


def signatures_in(data: bytes) -> tuple[FoundSignature, ...]:
    """Return the signatures of a PDF, read in a limited child process."""
    said: dict[str, Any] = run_limited(found_signatures, data)
    try:
        return _FOUND.validate_python(said["signatures"])
    except (ValidationError, KeyError) as error:
        raise Quarantined("crash", "no answer", LIMITS) from error


def faults(data: bytes, sent: bytes) -> list[str]:
    """Return what keeps a file from being what was sent with the other side's signature."""
    if not data.startswith(sent):
        return ["it does not begin with the file that we sent: the text may have been changed"]
    try:
        found, before = signatures_in(data), signatures_in(sent)
    except Refused as refusal:
        return [str(refusal)]
    ours = {signature.certificate_sha256 for signature in before}
    theirs = [each for each in found if each.certificate_sha256 not in ours]
    said = [f"the signature of {each.signer} is not intact" for each in found if not each.intact]
    said += [
        f"it was changed after {each.signer} signed, by more than further signatures"
        for each in found
        if each.changed_after not in HARMLESS
    ]
    if len(found) < len(before) or ours - {each.certificate_sha256 for each in found}:
        said.append("our own signature is gone")
    if not theirs:
        said.append("nobody but us has signed it")
    elif not any(each.to_the_end for each in theirs):
        said.append("something was added after the last signature of theirs")
    return said
