"""The least that setting a contract takes: the same text, in Typst alone, without our engine."""

import json
import re
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import typst

from vendorops.documents.typesetting import fonts

PAGE = """
#set page(paper: "a4", margin: (x: 21mm, top: 24mm, bottom: 22mm))
#set text(font: ("Libertinus Serif", "Noto Sans SC"), size: 8.8pt, lang: "zh")
#let said = json(bytes(sys.inputs.said))
"""
SIDE_BY_SIDE = (
    PAGE
    + """
#grid(columns: (1fr, 1fr), column-gutter: 1.4em, row-gutter: 1em, ..said)
"""
)
"""What somebody would write who wants Chinese and English side by side, and no more."""
RUNNING = (
    PAGE
    + """
#columns(2, said.join(parbreak()))
"""
)
"""The same text run on in two columns, where nothing has to be level with anything."""
HAN = re.compile("[\u4e00-\u9fff]")
ADDED = re.compile("[\u200b\r]")
"""What our engine put into long words, and the reader between lines."""


def paragraphs_of(text: str) -> list[str]:
    """Return the text of a document as paragraphs, by turns Chinese and English."""
    lines = [line for line in re.split(r"[\n\f]", ADDED.sub("", text)) if line.strip()]
    turns = groupby(lines, key=lambda line: bool(HAN.search(line)))
    return ["".join(of_one) for _, of_one in turns]


def set_bare(source: str, paragraphs: list[str], day: date) -> bytes:
    """Set some paragraphs as a plain PDF: no template, no clauses, no numbers, no archive."""
    compiler = typst.Compiler(source.encode(), root=Path(__file__).parent, font_paths=fonts())
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    said = {"said": json.dumps(paragraphs, ensure_ascii=False)}
    pdf = compiler.compile(format="pdf", sys_inputs=said, timestamp=stamp)
    if not isinstance(pdf, bytes):
        raise TypeError("the bare text did not become one PDF")
    return pdf
