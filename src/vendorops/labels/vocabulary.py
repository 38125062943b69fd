"""Words for roles, levels, forces, industries, places, languages and certificates, by day."""

from datetime import date
from functools import cache

from pydantic import Field

from vendorops.domain.refusal import Refused
from vendorops.labels.reading import Entry, Words, entries

FILES = ("roles.yaml", "words.yaml")
KINDS = ("role", "level", "force", "industry", "certificate", "place", "language")
"""Kinds of labels that have codes; price and availability are measures."""
MEASURES = ("price", "availability")
ASSESSED = ("level", "force", "certificate")
"""Kinds that nobody claims: they follow from assessments and certificates."""


class UnknownLabel(Refused):
    """The vocabulary has no such label on the day."""


class ProtectedAttribute(Refused):
    """People are not described, chosen or ranked by this."""


class Label(Entry):
    """A word of the vocabulary."""

    kind: Words
    code: Words
    en: Words
    zh: Words
    core: str = ""
    """Which of the six core positions of the sector a role belongs to."""


class Track(Entry):
    """What a certificate is about; dated with its kind."""

    direction: Words
    en: Words
    zh: Words
    since: date = date.min


class CertificateKind(Entry):
    """A kind of certificate, its tracks, and its levels from the lowest to the highest."""

    kind: Words
    en: Words
    zh: Words
    levels: list[str]
    tracks: dict[str, Track]
    paired: dict[str, str] = Field(default_factory=dict)
    """Which level of the other certificate one of its own stands beside."""

    def rank(self, level: str) -> int:
        """Return the place of a level counted from one, or refuse it and name those there are."""
        if level not in self.levels:
            known = ", ".join(self.levels)
            raise UnknownLabel(f"{self.kind} has no level {level!r}; it has {known}; choose one")
        return self.levels.index(level) + 1


class _Protected(Entry):
    names: list[str]
    about: Words
    cite: Words


@cache
def _words() -> tuple[Label, ...]:
    return tuple(one for file in FILES for one in entries(file, Label))


@cache
def _certificates() -> tuple[CertificateKind, ...]:
    return entries("certificates.yaml", CertificateKind)


@cache
def _protected() -> dict[str, _Protected]:
    return {
        name.casefold(): one for one in entries("protected.yaml", _Protected) for name in one.names
    }


def check_not_protected(*words: str) -> None:
    """Refuse a word that names what people must not be chosen by, and say by which law.

    >>> check_not_protected("Sex")
    Traceback (most recent call last):
    vendorops.labels.vocabulary.ProtectedAttribute: 'Sex' is about sex, which nobody is described \
or ranked by (Employment Promotion Law of the PRC, arts. 3 and 27; AGG (Germany) § 1; \
Title VII (US)); leave it out
    """
    for word in words:
        found = _protected().get(word.casefold().strip().replace(" ", "_").replace("-", "_"))
        if found:
            raise ProtectedAttribute(
                f"{word!r} is about {found.about}, which nobody is described or ranked by"
                f" ({found.cite}); leave it out"
            )


def labels(kind: str, day: date) -> dict[str, Label]:
    """Return the labels of a kind in use on a day, by their codes."""
    if kind == "certificate":
        return {one.code: one for one in _certificate_labels() if one.holds(day)}
    return {one.code: one for one in _words() if one.kind == kind and one.holds(day)}


@cache
def _certificate_labels() -> tuple[Label, ...]:
    return tuple(
        Label(
            kind="certificate",
            code=f"{kind.kind}.{name}",
            en=f"{kind.en}: {track.en}",
            zh=f"{kind.zh}·{track.zh}",
            since=kind.since,
            until=kind.until,
        )
        for kind in _certificates()
        for name, track in kind.tracks.items()
    )


def label(kind: str, code: str, day: date) -> Label:
    """Return one label in use on a day; refuse a protected attribute or an unknown word."""
    check_not_protected(kind, code)
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise UnknownLabel(f"there is no kind of label {kind[:40]!r}; there is {known}")
    found = labels(kind, day).get(code)
    if found is None:
        raise UnknownLabel(
            f"there is no {kind} {code[:40]!r} on {day}; see vendorops talent labels {kind}"
        )
    return found


def certificate(kind: str, track: str, day: date) -> CertificateKind:
    """Return a kind of certificate that has a track on a day, or refuse and name those known."""
    known = {one.kind: one for one in _certificates() if one.holds(day)}
    if kind not in known:
        raise UnknownLabel(f"there is no certificate {kind[:40]!r}; there is {', '.join(known)}")
    if track not in known[kind].tracks:
        tracks = ", ".join(known[kind].tracks)
        raise UnknownLabel(f"{kind} has no track {track[:40]!r}; it has {tracks}")
    return known[kind]
