"""A faulty declaration is refused by file and key, with what is allowed; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from transforms import relations
from transforms.relations import FaultyDeclaration, all_declared, declared

HEAD = "row: one thing\nmade_by: store\nlives: run\n"
WHOLE = HEAD + "key: [one]\ncolumns:\n  one: {type: VARCHAR, meaning: Something}\n"
Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Write declarations, by name, in place of those that are shipped."""
    folder = tmp_path / "relations"
    folder.mkdir()

    def written(**texts: str) -> None:
        for name, text in texts.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        declared.cache_clear()

    monkeypatch.setattr(relations, "FOLDER", folder)
    yield written
    declared.cache_clear()


def faults(read: Callable[[], object]) -> list[str]:
    with pytest.raises(FaultyDeclaration) as refused:
        read()
    return str(refused.value).splitlines()


SINGLE = {
    "no type and no meaning": (
        HEAD + "columns:\n  one: {type: VARCHAR}\n",
        "columns.one: a column needs its type and its meaning (allowed: type and meaning, or `as` what has them)",
    ),
    "a column that is a text": (HEAD + "columns:\n  one: some text\n", "columns.one: a column needs its type"),
    "an unknown key of a column": (
        WHOLE.replace("meaning", "as: whole, mening"),
        "columns.one.mening: unknown key (allowed: as, type, meaning)",
    ),
    "an unknown key": (
        WHOLE + "keys: [one]\n",
        "keys: unknown key (allowed: row, made_by, lives, key, partition, like,",
    ),
    "no row": (WHOLE.replace("row: one thing\n", ""), "row: missing (allowed: a text: what a row is, as: one ...)"),
    "a row that is a list": (WHOLE.replace("one thing", "[one]"), "row: missing"),
    "no maker": (WHOLE.replace("made_by: store\n", ""), "made_by: missing (allowed: store, rulebook, layouts,"),
    "an unknown maker": (WHOLE.replace("store", "stores"), "made_by: 'stores' is not known (allowed: store, rulebook,"),
    "no place": (WHOLE.replace("lives: run\n", ""), "lives: missing (allowed: home, report, run, decision)"),
    "an unknown place": (
        WHOLE.replace("lives: run", "lives: here"),
        "lives: 'here' is not known (allowed: home, report,",
    ),
    "an unknown type": (
        WHOLE.replace("VARCHAR", "TEXT"),
        "columns.one.type: 'TEXT' is not a known type (all",
    ),
    "a type of an unknown type": (WHOLE.replace("VARCHAR", "'TEXT[]'"), "columns.one.type: 'TEXT[]' is not a known"),
    "a key that is no column": (
        WHOLE.replace("key: [one]", "key: [won]"),
        "key: 'won' is not a column of it (allowed: one)",
    ),
    "an unknown kind": (WHOLE + "record: parties\n", "record: 'parties' is not known (allowed: lines, items, filings)"),
    "columns in a list": (HEAD + "columns: [one]\n", "columns: no mapping (allowed: column: {type, meaning}, or"),
    "a list": ("- one\n", "no mapping (allowed: the keys row, made_by,"),
    "an empty file": ("", "no mapping (allowed: the keys row, made_by,"),
    "a key twice": (WHOLE + "row: one\n", "row: the key appears twice (line 7)"),
    "a reference to nothing": (
        WHOLE.replace("{type: VARCHAR, meaning: Something}", "{as: holes}"),
        "columns.one.as: there is no relation 'holes' (allowed: whole)",
    ),
    "a reference to no column": (
        WHOLE.replace("{type: VARCHAR, meaning: Something}", "{as: whole/two}"),
        "columns.one.as: 'two' is not a column of whole (allowed: one)",
    ),
    "like nothing": (
        WHOLE + "like: nobody\n",
        "like: there is no relation 'nobody' (allowed: a relation that has a file",
    ),
    "without what is not there": (WHOLE + "like: whole\nwithout: [two]\n", "without: 'two' is not a column of whole"),
}


@pytest.mark.parametrize(("text", "told"), SINGLE.values(), ids=SINGLE.keys())
def test_a_fault_is_told_by_file_and_key_with_what_is_allowed(write: Write, text: str, told: str) -> None:
    write(whole=WHOLE, odd=text)
    (said,) = faults(lambda: declared("odd"))
    assert said.startswith(f"relations/odd.yml: {told}")
    assert declared("whole").columns["one"].type == "VARCHAR"


def test_all_faults_are_told_at_once_also_those_of_what_is_referred_to(write: Write) -> None:
    write(a="row: one\nlives: here\nkey: [x]\ncolumns:\n  y: {as: b}\n", b=WHOLE.replace("VARCHAR", "TEXT"), c="- x\n")
    told = faults(all_declared)
    assert [said.partition(": ")[2].partition(":")[0] for said in told] == [
        "key", "lives", "made_by", "columns.one.type", "no mapping (allowed",
    ]  # fmt: skip
    assert faults(lambda: declared("a")) == told[:-1]


@pytest.mark.parametrize(
    "refer", ["like: {}\n", "columns:\n  one: {{as: {}}}\n", "columns:\n  one: {{as: {}/two}}\n"], ids=str.strip
)
def test_a_circle_is_told_with_those_that_make_it(write: Write, refer: str) -> None:
    write(**{name: HEAD + refer.format(to) for name, to in zip("abcd", "bcad", strict=True)})
    (said,) = faults(lambda: declared("a"))
    assert said.startswith("relations/c.yml: ")
    assert "refers to itself in a circle: a > b > c > a (allowed: a relation that does not rest on this one)" in said
    assert "circle: d > d" in faults(lambda: declared("d"))[0]
    assert len(faults(all_declared)) == 4


def test_a_relation_that_is_not_declared_is_told_as_before(write: Write) -> None:
    write(whole=WHOLE)
    with pytest.raises(KeyError, match="holes: not declared in relations/"):
        declared("holes")


@pytest.mark.parametrize(
    "type", ["DECIMAL(18,4)", "VARCHAR[]", "MAP(VARCHAR, VARCHAR)", "STRUCT(a DATE, b VARCHAR[])[]"]
)
def test_a_type_may_be_made_of_others(write: Write, type: str) -> None:
    write(whole=WHOLE.replace("VARCHAR", f'"{type}"'))
    assert declared("whole").columns["one"].type == type
