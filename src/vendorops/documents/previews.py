"""Sets every template with its invented facts, so that its pages can be looked at before use."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from vendorops.documents.batches import render_many
from vendorops.documents.contracts import RenderedDocument
from vendorops.documents.samples import specimens
from vendorops.domain.refusal import Refused

EVERY = ("zh", "en", "zh,en")
"""All that a document can be set in: one language, or both side by side."""
PIXELS_PER_POINT = 1.5
"""Sharp enough to judge small print on a screen."""


class NothingToPreview(Refused):
    """No template is called so."""


@dataclass(frozen=True)
class Preview:
    """One template set for one place in some languages, or why it could not be."""

    template: str
    place: str
    languages: str
    outcome: RenderedDocument | Refused

    @property
    def file(self) -> str:
        """Return what its file is called, without an ending."""
        return "-".join((*self.template.split("/"), self.place, *self.languages.split(",")))


def previews(templates: Path, wanted: str, languages: Sequence[str]) -> Iterator[Preview]:
    """Yield a preview for each template that is wanted, place and choice of languages."""
    asked = [
        (each, spoken) for each in specimens(templates, wanted) for spoken in languages or EVERY
    ]
    if not asked:
        raise NothingToPreview(f"no template is called {wanted!r}; see vendorops template list")
    outcomes = render_many(templates, [each.saying(languages=spoken) for each, spoken in asked])
    for (each, spoken), outcome in zip(asked, outcomes, strict=True):
        yield Preview(each.template, each.place, spoken, outcome)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        return len(document)


def write_pages(pdf: bytes, folder: Path, name: str) -> None:
    """Write each page of a PDF of ours as a picture."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        for number, page in enumerate(document, start=1):
            page.render(scale=PIXELS_PER_POINT).to_pil().save(folder / f"{name}-{number}.png")
