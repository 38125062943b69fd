"""Draws a month for people who would rather look: claimed to payable, and the age of disputes.

Matplotlib draws without a screen; letters become outlines, so that a picture is the same bytes
and looks the same wherever it is opened.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from vendorops.documents.months.ageing import Stretch
from vendorops.documents.months.waterfall import Step, title
from vendorops.documents.notices.heading import said
from vendorops.documents.notices.settlement import figure
from vendorops.domain.money import Money

SUM, MORE, LESS, WAITING, DECIDED = "#3d5a80", "#5b8e7d", "#c8553d", "#c8553d", "#9aa5b1"
WIDTH_INCHES, ROW_INCHES, ROOM_INCHES = 6.6, 0.26, 0.3
THICK, ROOM_FOR_FIGURES = 0.62, 0.16
"""Of a row, what its bar takes; of the width, what is left beside the bars for figures."""
LETTERS_POINTS = 8
FONT = "Noto Sans SC"
STYLE: Any = {
    "svg.hashsalt": "vendorops",
    "svg.fonttype": "path",
    "font.family": [FONT, "DejaVu Sans"],
    "font.size": LETTERS_POINTS,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.bottom": False,
}


def waterfall_picture(steps: Sequence[Step], languages: str) -> str:
    """Return the steps from claimed to payable as SVG, each bar beginning where the last ended."""
    names = [title(step.code, languages) for step in steps]
    lengths = [float(step.amount.text) for step in steps]
    before = accumulate(
        zip(lengths, steps, strict=True),
        lambda at, bar: bar[0] if bar[1].is_sum else at + bar[0],
        initial=0.0,
    )
    lefts = [0.0 if step.is_sum else left for left, step in zip(before, steps, strict=False)]
    colours = [SUM if step.is_sum else MORE if step.amount.minor > 0 else LESS for step in steps]
    with _axes(len(steps)) as axes:
        bars = axes.barh(range(len(steps)), lengths, left=lefts, color=colours, height=THICK)
        _label(axes, bars, [step.amount for step in steps])
        return _svg(axes, names)


def ageing_picture(stretches: Sequence[Stretch], languages: str) -> str:
    """Return how old disputes are as SVG: those that wait, and those that were decided."""
    names = [said(languages, zh=f"{each.title} 天", en=f"{each.title} days") for each in stretches]
    parts = (
        (
            said(languages, zh="待决定", en="waiting"),
            WAITING,
            [each.waiting for each in stretches],
        ),
        (
            said(languages, zh="已决定", en="decided"),
            DECIDED,
            [each.decided for each in stretches],
        ),
    )
    with _axes(2 * len(stretches)) as axes:
        for number, (label, colour, amounts) in enumerate(parts):
            rows = [at + (number - 0.5) * THICK / 2 for at in range(len(stretches))]
            lengths = [float(amount.text) for amount in amounts]
            bars = axes.barh(rows, lengths, color=colour, height=THICK / 2, label=label)
            _label(axes, bars, amounts)
        axes.legend(frameon=False, loc="lower right")
        return _svg(axes, names)


@contextmanager
def _axes(rows: int) -> Iterator[Axes]:
    """Lend axes for so many rows, in our own fonts whatever the machine has."""
    _add_font()
    with rc_context(STYLE):
        figure = Figure((WIDTH_INCHES, rows * ROW_INCHES + ROOM_INCHES), layout="constrained")
        axes = figure.add_subplot()
        axes.margins(x=ROOM_FOR_FIGURES)
        axes.invert_yaxis()
        axes.tick_params(left=False, bottom=False, labelbottom=False)
        yield axes


def _label(axes: Axes, bars: BarContainer, amounts: Sequence[Money]) -> None:
    axes.bar_label(bars, [figure(each) if each else "" for each in amounts], padding=4)


def _svg(axes: Axes, names: Sequence[str]) -> str:
    axes.set_yticks(range(len(names)), names)
    axes.axvline(0, color="black", linewidth=0.6)
    drawn = StringIO()
    picture: Any = axes.get_figure()
    picture.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()


@cache
def _add_font() -> None:
    package = find_spec("zhplot")  # Located, not imported: that would set Matplotlib up its way.
    for folder in (package.submodule_search_locations or ()) if package else ():
        for path in sorted((Path(folder) / "fonts").glob("*.ttf")):
            fontManager.addfont(path)
