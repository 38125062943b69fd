"""What runs in the worker: Saxon, which holds the interpreter's lock, and nothing else.

It gets XML that lxml accepted and wrote anew, so that there is no document type, no entity and no
comment in it: Saxon reads external entities by default. Stylesheets are compiled once, when they
are first wanted. The network is cut off, memory is bounded, and files may be read for stylesheets
alone, some of which look up their code lists beside them.
"""

import json
import os
import re
import resource
import sys
from typing import IO, Any

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from vendorops.gateways.child.limits import cut_network, leave_nothing

LENGTH_BYTES = 8
MOST = 100
"""Findings told of one stylesheet, besides the first of each rule; what is wrong in one line is
often wrong in all."""
LONGEST = 400
"""Characters of one message or place."""
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
REPORTED = ("failed-assert", "successful-report")
WHOLE = re.compile(
    rf'\s*(<\?xml[^<>]*\?>)?\s*<svrl:schematron-output\s[^<>]*xmlns:svrl="{re.escape(SVRL[1:-1])}"'
)
"""How nearly every report begins, told without reading it."""
END = "</svrl:schematron-output>"
PROTOCOLS = "http://saxon.sf.net/feature/allowedProtocols"

Answer = dict[str, Any]


class Judge:
    """Compiled stylesheets, and what they say of a document."""

    def __init__(self) -> None:
        self.processor = PySaxonProcessor(license=False)
        self.processor.set_configuration_property(PROTOCOLS, "file")
        self.compiled: dict[str, Any] = {}

    def judge(self, paths: list[str], xml: bytes) -> list[Answer]:
        """Return what each stylesheet says; one that aborts says so, which is no acquittal.

        Without a document the stylesheets are only compiled.
        """
        if b"<!" in xml:
            raise ValueError("the document was not written anew before it came here")
        for path in set(paths) - set(self.compiled):
            self.compiled[path] = self._stylesheet(path)
        if not xml:
            return []
        document = self.processor.parse_xml(xml_text=xml.decode())
        return [self._said(path, document) for path in paths]

    def _stylesheet(self, path: str) -> Any:  # noqa: ANN401 - Saxon's own.
        """Return a compiled stylesheet, or the sentence why it is none."""
        try:
            return self.processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=path)
        except PySaxonApiError as error:
            return str(error)[:LONGEST]

    def _said(self, path: str, document: Any) -> Answer:  # noqa: ANN401 - Saxon's own.
        stylesheet = self.compiled[path]
        if isinstance(stylesheet, str):
            return {"aborted": stylesheet}
        try:
            return told(stylesheet.transform_to_string(xdm_node=document))
        except PySaxonApiError as error:
            return {"aborted": str(error)[:LONGEST]}
        except etree.XMLSyntaxError:
            return {"aborted": "the stylesheet wrote no XML"}


def told(report: str | None) -> Answer:
    """Return the findings of an SVRL report, as many as are told, and how many there were.

    What is no report at all is the answer of a stylesheet that does not judge.
    """
    if not report:
        return {"aborted": "the stylesheet wrote nothing"}
    if _clean(report):
        return {"findings": [], "count": 0}
    root = etree.fromstring(report.encode(), etree.XMLParser(huge_tree=True))
    if root.tag != f"{SVRL}schematron-output":
        return {"aborted": "the stylesheet wrote no SVRL"}
    reported = root.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
    found = list(map(finding, reported))
    firsts = {(one["id"], one["text"]): one for one in reversed(found)}
    kept = {id(one) for one in (*firsts.values(), *found[:MOST])}
    return {"findings": [one for one in found if id(one) in kept], "count": len(found)}


def _clean(report: str) -> bool:
    """Tell by its text that a whole report holds no finding; to read it takes far longer."""
    whole = WHOLE.match(report) and report.rstrip().endswith(END)
    return bool(whole) and not any(word in report for word in REPORTED)


def finding(element: etree._Element) -> Answer:
    """Return one finding as it stands in the report."""
    text = str(element.xpath("string(*[local-name() = 'text'])"))
    return {
        "report": element.tag == f"{SVRL}successful-report",
        "id": (element.get("id") or "")[:LONGEST],
        "flag": element.get("flag") or element.get("role") or "",
        "where": (element.get("location") or "")[: 4 * LONGEST],
        "text": " ".join(text.split())[:LONGEST],
    }


def limit(memory_bytes: int) -> None:
    """Bound memory as it is used, because Saxon reserves far more addresses than it fills."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def serve(inputs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer a line of JSON for each document on standard input, until it ends."""
    judge = Judge()
    while length := inputs.read(LENGTH_BYTES):
        paths, _, xml = inputs.read(int.from_bytes(length, "big")).partition(b"\n")
        said = judge.judge(json.loads(paths), xml)
        answers.write(json.dumps(said).encode() + b"\n")
        answers.flush()


def main(memory_bytes: int) -> None:
    """Keep standard output for the answers, and serve."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    cut_network()
    limit(memory_bytes)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    finally:
        leave_nothing()
