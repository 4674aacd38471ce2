"""A rulebook is refused with every fault at once, and each broken file of the drawer for its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.rulebooks import MINIMAL, WORDS, rulebook
from transforms.errors import RulebookError
from transforms.rulebook.read import read_rule, read_rulebook
from transforms.rulebook.read_parameters import read_parameter
from transforms.rulebook.words import known_words

DRAWER = Path(__file__).parents[1] / "broken"


def expected(entry: Path) -> list[tuple[str, str]]:
    """The file that states it and the expected part of the message, for every `# expect:` line of a drawer entry."""
    files = sorted(path for path in entry.rglob("*") if path.is_file()) if entry.is_dir() else [entry]
    lines = ((file, line) for file in files for line in file.read_bytes().decode("latin-1").splitlines())
    return [(file.as_posix(), line[10:]) for file, line in lines if line.startswith("# expect: ")]


def read(entry: Path) -> None:
    """Read what lies in the drawer: a parameter by its name, a rulebook by its rooms, else a rule."""
    if entry.name.startswith("parameter-"):
        _, faults = read_parameter(entry, entry.as_posix())
        raise RulebookError(faults)
    read_rulebook(entry, WORDS) if (entry / "controls").is_dir() else read_rule(entry, WORDS)


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.name) for entry in sorted(DRAWER.iterdir())])
def test_each_broken_rule_is_refused_for_its_fault_and_no_other(entry: Path) -> None:
    with pytest.raises(RulebookError) as refusal:
        read(entry)
    message = str(refusal.value)
    faults, wanted = message.splitlines(), expected(entry)
    assert wanted, "a drawer entry says what is expected"
    assert len(faults) == len(wanted), message
    for file, part in wanted:
        # a part that opens with the entry's own name states the file; any other is about the file it stands in
        about = "" if part.startswith(entry.name) else file
        assert any(part in fault and fault.startswith(about) for fault in faults), message


def test_five_faults_come_at_once() -> None:
    with pytest.raises(RulebookError) as refusal:
        read_rule(DRAWER / "five-faults.yml", WORDS)
    assert [fault.key for fault in refusal.value.faults] == [
        "id",
        "remarks",
        "versions[0].destinations.countries[0]",
        "versions[0].items.eccn[1]",
        "versions[1].from",
    ]
    assert len(str(refusal.value).splitlines()) == 5


def test_a_draft_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="there is no such file or folder"):
        read_rule(tmp_path / "nowhere", WORDS)
    with pytest.raises(RulebookError, match="there is no rule in this folder"):
        read_rule(tmp_path, WORDS)
    with pytest.raises(RulebookError, match="there is no such folder"):
        read_rulebook(tmp_path / "nowhere", WORDS)


def test_faults_of_every_file_come_at_once_and_name_the_folder_of_the_rulebook(tmp_path: Path) -> None:
    root = rulebook(tmp_path / "rules", "one", "two")
    (root / "controls" / "one" / "rule.yml").write_text(MINIMAL, encoding="utf-8")
    (root / "controls" / "two" / "cases.yml").unlink()
    with pytest.raises(RulebookError) as refusal:
        read_rulebook(root)
    assert [fault.file for fault in refusal.value.faults] == [
        "rules/controls/one/rule.yml",
        "rules/controls/two/cases.yml",
        "rules/tables/country_chart.csv",
        "rules/tables/country_groups.csv",
        "rules/tables/country_names.csv",
    ]


def test_a_table_without_its_column_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "country_names.csv").write_text("name,code\nPakistan,PK\n", encoding="utf-8")
    (tmp_path / "country_groups.csv").write_text("iso2,group\n", encoding="utf-8")
    (tmp_path / "country_chart.csv").write_text("iso2,ns2\nPK,X\n", encoding="utf-8")
    with pytest.raises(RulebookError) as refusal:
        known_words(tmp_path)
    problems = [fault.problem for fault in refusal.value.faults]
    assert problems == ["no chart column", "the table has no rows", 'no column "iso2"']
