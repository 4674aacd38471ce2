"""The tests follow the house: short files, helpers in `tests/support` alone but for the command of the benches, one
meaning for a home and a desk.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FILES = {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("*.py"))}
TREES = {name: ast.parse(text) for name, text in FILES.items()}
MOST_LINES = 250
PROGRAM = ("bench/measure/", "bench/peers/")
"""The packages of `python -m tests.bench.measure`: a command, not tests."""


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, at any depth, and every name that it takes from one, as a dotted path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{one.name}" for one in node.names)


def is_of_the_tests(path: str) -> bool:
    """A relative import is one, and so is `import conftest`, which pytest would allow."""
    parts = path.split(".")
    return parts[0] in ("", "tests", "conftest") or any(part.startswith("test_") for part in parts)


def fixtures(tree: ast.Module) -> Iterator[str]:
    """The name under which each fixture of a file is asked for."""
    for node in ast.walk(tree):
        for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
            if ast.unparse(mark).partition("(")[0].rpartition(".")[2] == "fixture":
                given = {one.arg: one.value for one in mark.keywords} if isinstance(mark, ast.Call) else {}
                yield ast.literal_eval(given["name"]) if "name" in given else node.name


def test_what_a_file_takes_from_the_tests_is_what_they_share() -> None:
    taken = [(name, path) for name, tree in TREES.items() for path in imported(tree) if is_of_the_tests(path)]
    assert len(taken) > len(FILES)
    shared = ("tests.support.", *(f"tests.{package.replace('/', '.')}" for package in PROGRAM))
    assert [(name, path) for name, path in taken if not path.startswith(shared)] == []


def test_what_they_share_is_in_one_package_and_holds_no_test() -> None:
    stems = {name: Path(name).stem for name in FILES}
    helpers = [name for name, stem in stems.items() if not stem.startswith("test_") and stem not in KEPT]
    assert [name for name in helpers if not name.startswith(("support/", *PROGRAM))] == []
    assert [name for name, stem in stems.items() if name.startswith("support/") and stem.startswith("test_")] == []


KEPT = ("__init__", "conftest")
"""What pytest itself looks for beside tests."""


def test_no_file_is_long() -> None:
    lengths = {name: len(text.splitlines()) for name, text in FILES.items()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("fixture", ["home", "desk"])
def test_a_fixture_that_every_test_knows_is_defined_once(fixture: str) -> None:
    assert [name for name, tree in TREES.items() for one in fixtures(tree) if one == fixture] == ["conftest.py"]


SEEN = {
    "from tests.unit.test_impact import put": True,
    "from tests.flow.conftest import earshot": True,
    "from .conftest import earshot": True,
    "import tests.unit.test_impact": True,
    "import conftest": True,
    "def test() -> None:\n    from test_impact import put": True,
    "from tests.support.desk import Desk": True,
    "from transforms.store import open_store": False,
}


@pytest.mark.parametrize("text", SEEN)
def test_an_import_from_the_tests_is_seen_in_every_form(text: str) -> None:
    assert [is_of_the_tests(path) for path in imported(ast.parse(text))] == [SEEN[text]]


@pytest.mark.parametrize("mark", ["@pytest.fixture", "@fixture", "@pytest.fixture(scope='module')"])
def test_a_fixture_is_seen_in_every_form(mark: str) -> None:
    assert list(fixtures(ast.parse(f"{mark}\ndef home(): ..."))) == ["home"]
    assert list(fixtures(ast.parse("@pytest.fixture(name='home')\ndef made(): ..."))) == ["home"]
