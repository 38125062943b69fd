"""Guardrails of labour dispatch and HR services in China, as checks over facts.

Each check says pass, fail or unknown with its citation; the codes are those of the rules (LD-1 to
LD-16, HR-1, HR-2). `sure` is false where a source could not be read again.
"""

from vendorops.domain.dispatch.cap import CAP, most_dispatched
from vendorops.domain.dispatch.checking import dispatch_checks, service_checks
from vendorops.domain.dispatch.facts import (
    DispatchFacts,
    Guard,
    GuardFinding,
    Post,
    ServiceFacts,
    Verdict,
)

__all__ = [
    "CAP",
    "DispatchFacts",
    "Guard",
    "GuardFinding",
    "Post",
    "ServiceFacts",
    "Verdict",
    "dispatch_checks",
    "most_dispatched",
    "service_checks",
]
