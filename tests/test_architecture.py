"""The habits of the house, kept by machine: what may import what, how long things get, what is never left behind."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
BUILT = {"static", "fonts", "paraglide", "migrations", "__pycache__", "node_modules", "generated.json"}
LONGEST_FILE = 300
LONGEST_TEST_FILE = 400
LONGEST_FUNCTION = 50

LIBRARIES_OF_THE_STORE = {
    "sqlalchemy",
    "flask_sqlalchemy",
    "alembic",
    "psycopg",
    "pysqlite3",
    "sqlite3",
}
HIDDEN_MODULES = {"time", "random", "secrets"}
HIDDEN_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "os.urandom"} | {
    f"uuid.uuid{version}" for version in (1, 3, 4, 5, 6, 7, 8)
}
LEFTOVERS = re.compile(
    r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|mark\.(ski[p]|xfai[l])|\b(it|test|describe)\.(ski[p]|onl[y]|tod[o])\(|pytest\.ski[p]\("
    r"|time\.slee[p]\(|wait_for_timeou[t]|waitForTimeou[t]|@ts-ignor[e]"
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(wor[k]|tm[p]|roo[t]|hom[e])/|pypi\.or[g]|registry\.npm[j]s")


def files(*patterns: str) -> list[Path]:
    """The project's own files that match, without what is built."""
    found = (path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())
    return sorted(path for path in found if BUILT.isdisjoint(path.relative_to(ROOT).parts))


def python(*folders: str) -> list[Path]:
    """The Python files below these folders."""
    return files(*(f"{folder}/**/*.py" for folder in folders))


def source() -> list[Path]:
    """Everything people write by hand in a programming language."""
    return [*python("sync", "backend", "tests"), *files("pwa/src/**/*.ts", "pwa/src/**/*.svelte", "pwa/src/**/*.css")]


def is_test(path: Path) -> bool:
    """Tests may be longer than what they test."""
    return "tests" in path.relative_to(ROOT).parts or path.name.endswith(".test.ts")


def trees(paths: Iterable[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Each file's name and syntax tree."""
    for path in paths:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def nodes(paths: Iterable[Path], *kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of these kinds with the place it stands."""
    for name, tree in trees(paths):
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                yield f"{name}:{getattr(node, 'lineno', 1)}", node


def imports(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Every import: its place and the top-level module."""
    for place, node in nodes(paths, ast.Import, ast.ImportFrom):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        yield from ((place, name.partition(".")[0]) for name in names)


def mentions(paths: Iterable[Path], pattern: re.Pattern[str]) -> list[str]:
    """The places whose line matches."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_core_imports_the_standard_library_and_itself_only():
    allowed = sys.stdlib_module_names | {"sync"}
    assert [found for found in imports(python("sync")) if found[1] not in allowed] == []


def test_core_and_rules_take_time_ids_and_randomness_as_arguments():
    pure = python("sync", "backend/domain")
    hidden = [found for found in imports(pure) if found[1] in HIDDEN_MODULES]
    calls = [(place, ast.unparse(node.func)) for place, node in nodes(pure, ast.Call)]
    assert hidden + [call for call in calls if call[1] in HIDDEN_CALLS] == []


def test_only_the_store_speaks_to_a_database():
    speakers = (ROOT / "backend/store", ROOT / "backend/config.py")  # the configuration only reads an address
    elsewhere = [path for path in python("backend", "sync") if {path, *path.parents}.isdisjoint(speakers)]
    assert [found for found in imports(elsewhere) if found[1] in LIBRARIES_OF_THE_STORE] == []


def test_no_module_imports_itself_through_others():
    graph = grimp.build_graph("backend", "sync", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(list(TopologicalSorter(imported).static_order())) == len(graph.modules)


def test_only_transport_and_the_service_worker_use_the_network():
    inside = ("pwa/src/transport/", "pwa/src/serviceWorker/")
    found = mentions(
        files("pwa/src/**/*.ts", "pwa/src/**/*.svelte"), re.compile(r"\bfetch\(|XMLHttpRequest|sendBeacon")
    )
    assert [place for place in found if not place.startswith(inside)] == []


def test_only_the_database_folder_uses_indexed_db():
    shipped = [path for path in files("pwa/src/**/*.ts", "pwa/src/**/*.svelte") if not is_test(path)]
    found = mentions(shipped, re.compile(r"\bindexedDB\b|from 'idb'"))
    assert [place for place in found if not place.startswith("pwa/src/database/")] == []


def test_no_file_is_too_long_to_read_at_once():
    lengths = {path: len(path.read_text().splitlines()) for path in source()}
    limits = {path: LONGEST_TEST_FILE if is_test(path) else LONGEST_FILE for path in lengths}
    assert [(str(path), length) for path, length in lengths.items() if length > limits[path]] == []


def test_no_function_is_too_long_to_read_at_once():
    functions = nodes(python("sync", "backend", "tests"), ast.FunctionDef, ast.AsyncFunctionDef)
    lengths = [(place, node.name, node.end_lineno - node.lineno + 1) for place, node in functions]
    assert [found for found in lengths if found[2] > LONGEST_FUNCTION] == []


def test_modules_of_core_and_server_open_with_their_purpose():
    modules = trees(python("sync", "backend"))
    assert [name for name, tree in modules if tree.body and not ast.get_docstring(tree)] == []


def test_every_public_function_of_the_core_says_what_it_does():
    public = (
        (name, node)
        for name, tree in trees(python("sync"))
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )
    assert [(name, node.name) for name, node in public if not ast.get_docstring(node)] == []


def test_no_function_rebinds_a_global():
    assert [place for place, _ in nodes(python("sync", "backend"), ast.Global)] == []


def test_nothing_is_left_for_later_skipped_or_slept_over():
    assert mentions(source(), LEFTOVERS) == []


def test_no_machine_is_named():
    written = [*source(), *files("*", ".ci/*", "docs/**/*.md", "pwa/*.json", "pwa/*.ts")]
    assert mentions(written, MACHINE_PATHS) == []
