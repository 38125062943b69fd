"""How checks say what they came to."""

from vendorops.domain.dispatch.facts import Verdict

Said = tuple[Verdict, str]


def passed(message: str) -> Said:
    """Say that the rule is kept."""
    return Verdict.PASS, message


def failed(message: str) -> Said:
    """Say that the rule is broken, and what to do."""
    return Verdict.FAIL, message


def unknown(facts: str) -> Said:
    """Say which facts nobody told."""
    return Verdict.UNKNOWN, f"not told: {facts}"


def all_true(**facts: bool | None) -> Said:
    """Say pass where all are true, fail where one is known to be false, else unknown."""
    false = [name for name, told in facts.items() if told is False]
    missing = [name for name, told in facts.items() if told is None]
    if false:
        return failed(f"must be true: {', '.join(false)}")
    return unknown(", ".join(missing)) if missing else passed(f"true: {', '.join(facts)}")
