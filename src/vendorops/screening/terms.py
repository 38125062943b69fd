"""By what parties are screened on a day: the lists, the scorer, and from which score on."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import col, select

from vendorops.books import Books, canonical, content_sha256
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import WatchlistStatus
from vendorops.scorers import scorer
from vendorops.tables import Watchlist

ROLE = "compliance"
"""Who loads lists, and decides on what is like them."""


@dataclass(frozen=True)
class Policy:
    """Which scorer is used, and the score from which on a person looks."""

    scorer: str
    threshold_e6: int
    cite: str


POLICY = Dated(
    "the screening policy",
    {
        date(2026, 1, 1): Policy(
            scorer="name_parts",
            threshold_e6=720_000,
            cite="Screening policy 1: nine of ten matches must be seen, as measured by "
            "`vendorops screening report` on 517 labelled pairs (2026-11-26)",
        ),
    },
)


@dataclass(frozen=True)
class ScreeningTerms:
    """What the outcome of a screening depends on, besides the names."""

    lists: tuple[Watchlist, ...]
    policy: Policy
    version: str
    """Of the scorer."""

    @cached_property
    def told(self) -> dict[str, object]:
        """The terms as they are written down."""
        return {
            "lists": {one.name: one.sha256 for one in self.lists},
            "scorer": self.version,
            "threshold_e6": self.policy.threshold_e6,
        }

    @cached_property
    def text(self) -> str:
        """The same as canonical JSON."""
        return canonical(self.told).decode()

    @cached_property
    def sha256(self) -> str:
        """The hash of the same."""
        return content_sha256(self.told)


def current_lists(books: Books) -> list[Watchlist]:
    """Return the version of each list that parties are screened against, by name."""
    query = select(Watchlist).where(col(Watchlist.status) == WatchlistStatus.CURRENT)
    return list(books.session.exec(query.order_by(col(Watchlist.name))))


def terms_of(books: Books) -> ScreeningTerms | None:
    """Return by what parties are screened today; nothing while no list is loaded."""
    lists = current_lists(books)
    if not lists:
        return None
    policy = POLICY.on(books.as_of)
    return ScreeningTerms(tuple(lists), policy, scorer(policy.scorer).VERSION)
