import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "vendorops"
FLOWS = ROOT / "flows"
NOT_STAGES = {"__init__", "arrivals", "driver", "report", "month_end", "sweep", "task_runner"}
"""Modules of flows/ that run several stages, or help those that run one."""
EXACT = ("books", "domain", "identifiers", "law", "payments", "programs", "stages", "tables")
"""Folders in which numbers are money, measures, rates or counts."""
FILE_LINES = 250
FUNCTION_LINES = 50
TEST_NAME_WORDS = 5
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


@cache
def sources(*folders: Path) -> tuple[Path, ...]:
    """Python files by name, without the frozen migrations."""
    found = (path for folder in folders for path in folder.rglob("*.py"))
    return tuple(sorted(path for path in found if "versions" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(*folders: Path, outside: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.AST]]:
    """Every node of every file, with the place it is found at."""
    for path in sources(*folders):
        if any(path.is_relative_to(SOURCE / name) for name in outside):
            continue
        for node in ast.walk(tree(path)):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}", node


def shown(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.expr) else ""


def writes_a_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(to, ast.Attribute) and to.attr == "status" for to in targets)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(re.search(r"\bUPDATE\b[^;]*\bSET\b[^;]*\bstatus\s*=", node.value))
    if not isinstance(node, ast.Call):
        return False
    named = any(keyword.arg == "status" for keyword in node.keywords)
    updates = shown(node.func).endswith(".values") and "update(" in shown(node.func)
    sets = shown(node.func).rpartition(".")[2] in {"setattr", "set_committed_value"}
    return (named and updates) or (sets and "'status'" in map(shown, node.args))


def test_only_the_books_write_a_status():
    writers = [
        at for at, node in nodes(SOURCE, FLOWS, outside=("books",)) if writes_a_status(node)
    ]

    assert writers == []


def test_the_search_for_status_writers_finds_every_way_of_writing_one():
    ways = (
        "row.status = after",
        "row.status += after",
        "setattr(row, 'status', after)",
        "update(Row).where(Row.id == 1).values(status=after)",
        "text('UPDATE row SET other = 1, status = 2')",
    )

    found = [any(writes_a_status(node) for node in ast.walk(ast.parse(way))) for way in ways]

    assert found == [True] * len(ways)


def test_nobody_but_the_books_ends_a_transaction():
    # The benchmarks measure a bare database beside the books.
    enders = [
        at
        for at, node in nodes(SOURCE, FLOWS, outside=("books", "bench"))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]

    assert enders == []


def test_no_binary_float_comes_near_money():
    folders = [SOURCE / name for name in EXACT]
    floats = [
        at
        for at, node in nodes(*folders)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]

    assert floats == []


def test_no_column_is_a_decimal_or_a_float():
    inexact = [
        at
        for at, node in nodes(SOURCE / "tables")
        if isinstance(node, ast.Name | ast.Attribute)
        and shown(node).rpartition(".")[2] in {"Decimal", "Numeric", "Float", "Double", "float"}
    ]

    assert inexact == []


def test_the_clock_is_read_in_one_place_only():
    readers = [
        at
        for at, node in nodes(SOURCE, FLOWS, outside=("gateways/clock.py",))
        if isinstance(node, ast.Attribute)
        and (shown(node.value).rpartition(".")[2], node.attr) in CLOCKS
    ]

    assert readers == []


def test_prefect_is_imported_by_flows_and_by_nothing_else():
    importers = [
        at
        for at, node in nodes(SOURCE)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "prefect")
        or (
            isinstance(node, ast.Import)
            and any(name.name.split(".")[0] == "prefect" for name in node.names)
        )
    ]

    assert importers == []


def test_every_stage_has_a_flow_and_no_flow_lacks_a_stage():
    shelf = SOURCE / "stages"
    stages = {path.stem for path in shelf.glob("[a-z]*.py")}
    stages |= {path.parent.name for path in shelf.glob("[a-z]*/__init__.py")}

    flows = {path.stem for path in FLOWS.glob("*.py")} - NOT_STAGES

    assert flows == stages


def test_every_module_opens_by_saying_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(SOURCE, FLOWS)
        if not ast.get_docstring(tree(path))
    ]

    assert silent == []


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(SOURCE, FLOWS, ROOT / "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_one_look():
    long = {
        f"{at} {node.name}": lines
        for at, node in nodes(SOURCE, FLOWS, ROOT / "tests")
        if isinstance(node, DEFINITIONS) and (lines := own_lines(node)) > FUNCTION_LINES
    }

    assert long == {}


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    doc = function.body[0] if ast.get_docstring(function) else None
    docstring = (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_every_test_is_named_by_a_sentence():
    short = [
        f"{at} {node.name}"
        for at, node in nodes(ROOT / "tests")
        if isinstance(node, DEFINITIONS)
        and node.name.startswith("test_")
        and len(node.name.split("_")) - 1 < TEST_NAME_WORDS
    ]

    assert short == []


def test_every_suppression_gives_its_reason_in_its_line():
    bare = re.compile(r"# (noqa|type: ignore|mypy:|fmt: off)(?!.*( - |\]  # )\w)")
    unexplained = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(SOURCE, FLOWS, ROOT / "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line) and path != Path(__file__)
    ]

    assert unexplained == []
