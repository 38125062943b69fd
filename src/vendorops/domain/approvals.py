"""Which row of an approval matrix holds for a question: the narrowest of those that fit it.

Rows that fit one question without either being narrower than the other would leave it open who
must approve. A matrix with such a pair is not clear until a row says what holds for both.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields

from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused


class Unclear(Refused):
    """Two rows fit one question, neither narrower than the other."""


@dataclass(frozen=True)
class Scope:
    """The questions for which a row holds; an empty word stands for any.

    A single question is the narrowest scope of all: its own words, from its own amount on.

    >>> large = Scope(currency="CNY", from_minor=100_000_000)
    >>> large.fits(Scope(program="rpo", currency="CNY", from_minor=100_000_000))
    True
    >>> large.fits(Scope(program="rpo", currency="CNY", from_minor=99_999_999))
    False
    """

    program: str = ""
    place: str = ""
    risk: str = ""
    currency: str = ""
    from_minor: int = 0
    """Least amount, in minor units of the currency."""

    def fits(self, other: "Scope") -> bool:
        """Tell whether the row holds for all of another scope, such as a question."""
        return self.from_minor <= other.from_minor and all(
            getattr(self, word) in ("", getattr(other, word)) for word in WORDS
        )

    def shared(self, other: "Scope") -> "Scope | None":
        """Return what two rows both hold for; None where no question is in both."""
        words = {}
        for word in WORDS:
            one, two = getattr(self, word), getattr(other, word)
            if one and two and one != two:
                return None
            words[word] = one or two
        return Scope(**words, from_minor=max(self.from_minor, other.from_minor))

    def __str__(self) -> str:
        said = [f"{word} {value}" for word in WORDS if (value := getattr(self, word))]
        if self.from_minor:
            said[-1] = f"from {Money(self.from_minor, self.currency)}"
        return ", ".join(said) or "any"


WORDS = tuple(field.name for field in fields(Scope) if field.name != "from_minor")


def narrowest(scopes: Collection[Scope], question: Scope) -> Scope | None:
    """Return the row that holds for a question; None where none fits.

    >>> narrowest([Scope(), Scope(program="bpo"), Scope(program="rpo")], Scope("bpo", "cn"))
    Scope(program='bpo', place='', risk='', currency='', from_minor=0)
    """
    fitting = [scope for scope in scopes if scope.fits(question)]
    if not fitting:
        return None
    for scope in fitting:
        if all(other.fits(scope) for other in fitting):
            return scope
    raise Unclear(f"several rows of the approval matrix fit ({question}); none is the narrowest")


def unclear(scopes: Collection[Scope]) -> tuple[Scope, Scope, Scope] | None:
    """Return two rows that leave a question open, and the row that would settle it.

    >>> unclear([Scope(program="bpo"), Scope(risk="high")])[2]
    Scope(program='bpo', place='', risk='high', currency='', from_minor=0)
    >>> unclear([Scope(program="bpo"), Scope(risk="high"), Scope("bpo", risk="high")])
    """
    rows = list(scopes)
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            shared = one.shared(other)
            if shared and shared not in rows:
                return one, other, shared
    return None
