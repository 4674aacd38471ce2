"""Files that are made to take all memory or all time are refused in a sentence; each attack is a line of `attacks`."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.attacks import FAR, HARMLESS, OTHERS, WORKBOOKS, workbook
from tests.support.command import EARSHOT
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.content import DEEPEST, MOST_BYTES, read_yaml

_MEMORY = 3 * 1024**3
_MEMORY_OF_THE_COMMAND = 8 * 1024**3  # addresses, not pages: threads of a large machine reserve some each
_ATTEMPT = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from transforms.errors import InputError
from transforms.cells.sample import read_sample
for name in sys.argv[3:]:
    try:
        print("read", len(read_sample(Path(name), Path(sys.argv[2]), "").headings))
    except InputError as error:
        print(str(error).replace("\\n", " "))
"""


def test_no_file_takes_the_memory_or_the_time_of_the_process_that_reads_it(tmp_path: Path) -> None:
    files = {name: f"{place}.xlsx" for place, name in enumerate(WORKBOOKS)} | {name: name for name in OTHERS}
    for name, make in {**WORKBOOKS, **OTHERS}.items():
        (tmp_path / files[name]).write_bytes(make())
    paths = [tmp_path / one for one in files.values()]
    done = subprocess.run(
        [sys.executable, "-c", _ATTEMPT, str(_MEMORY), tmp_path / "copies", *paths],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(zip(files, done.stdout.splitlines(), strict=True))
    assert {name for name, one in told.items() if one.startswith("read ")} == HARMLESS
    refused = {name: one for name, one in told.items() if name not in HARMLESS}
    assert [one for name, one in refused.items() if not one.startswith(f"{files[name]}: ")] == []
    assert "root:" not in done.stdout  # a file of the system


def test_a_workbook_that_would_end_the_process_is_told_by_the_command_and_the_next_file_is_loaded(desk: Desk) -> None:
    far, good = desk.put(workbook(FAR), "far.xlsx"), desk.put(extract(row("A")), "good.csv")
    done = subprocess.run(
        [EARSHOT, "ingest", far, good, "--home", desk.home.root],
        capture_output=True, text=True, timeout=300, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_OF_THE_COMMAND, _MEMORY_OF_THE_COMMAND)),
    )  # fmt: skip
    assert done.returncode == 2
    assert "good.csv" in done.stdout
    assert done.stderr.startswith("far.xlsx: the sheet S reaches to row 1,048,576 and column 16,384")


YAMLS: dict[str, tuple[str, str]] = {
    "lists in lists": ("a: " + "[" * 100_000, "nested too deep"),
    "closed lists in lists": ("a: " + "[" * 5_000 + "]" * 5_000, "nested too deep"),
    "mappings in mappings": ("{a: " * 50_000, "nested too deep"),
    "dashes": ("- " * 50_000 + "x", "nested too deep"),
    "indented": ("\n".join(" " * depth + "a:" for depth in range(500)), "nested too deep"),
    "keys of keys": ("? " * 20_000 + "x", "nested too deep"),
    "laughs": (
        "a0: &a0 [x]\n" + "".join(f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]\n" for one in range(1, 10)),
        "aliases repeat too much",
    ),
    "itself": ("a: &a [*a]\n", "*a stands within itself"),
    "unnamed": ("a: *b\n", "*b stands within itself or before it is named"),
    "many examples": ("a:\n" + "- {line: {eccn: 3A999}, expect: clear}\n" * 60_000, "too large"),
    "a command": ("a: !!python/object/apply:os.system [id]\n", "the tag"),
    "a number": ('a: !!int "9"\n', "the tag"),
    "two documents": ("a: b\n---\na: c\n", "several documents"),
}


@pytest.mark.parametrize(("text", "problem"), YAMLS.values(), ids=YAMLS.keys())
def test_a_yaml_file_that_explodes_is_a_fault(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "rule.yml"
    path.write_text(text)
    content, faults = read_yaml(path, "rules/rule.yml")
    assert content is None
    assert [str(one).startswith("rules/rule.yml: ") and problem in str(one) for one in faults] == [True]


def test_what_a_person_writes_is_read_up_to_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "rule.yml"
    path.write_text("a: &one [x, {b: ~}]\nc: *one\nd: 3E001\ne: '~'\nf: " + "[" * (DEEPEST - 2) + "]" * (DEEPEST - 2))
    content, faults = read_yaml(path, "rule.yml")
    assert faults == []
    assert {key: content[key] for key in "acde"} == {
        "a": ["x", {"b": None}], "c": ["x", {"b": None}], "d": "3E001", "e": "~",
    }  # fmt: skip
    path.write_text("a: " + "9" * (MOST_BYTES - 4))
    assert read_yaml(path, "rule.yml")[1] == []


def test_a_pipe_or_a_device_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").symlink_to("/dev/zero")
    assert str(read_yaml(tmp_path / "rule.yml", "rule.yml")[1][0]) == "rule.yml: not a file (allowed: a file of text)"


def test_a_note_of_the_holder_that_is_nested_without_end_is_no_note(desk: Desk) -> None:
    from transforms.holding import NOTE, read_holder

    (desk.home.root / NOTE).write_text(" " + "[" * 100_000)
    assert read_holder(desk.home.root / NOTE) is None
