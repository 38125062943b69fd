"""Turns python-stdnum's verdicts into refusals a person can act on."""

from collections.abc import Callable

from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from vendorops.domain.refusal import Refused

_SAID = {
    InvalidLength: "has the wrong length",
    InvalidFormat: "has characters or a form it cannot have",
    InvalidChecksum: "has a check digit that does not fit its other digits",
    InvalidComponent: "has a part that does not exist, such as a date or a region",
}


class BadIdentifier(Refused):
    """A text is not a number of the scheme it is said to be of."""


def checked(title: str, validate: Callable[[str], str], text: str) -> str:
    """Return the canonical spelling of a number, or refuse it without showing it."""
    try:
        return str(validate(text))
    except ValidationError as problem:
        said = next(
            (told for kind, told in _SAID.items() if isinstance(problem, kind)), "is wrong"
        )
        raise BadIdentifier(f"the {title} {said}; compare it with the document") from None
