"""The compiled law that is kept between processes: the same as one compiled anew, or not taken."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.jobs import law
from flows.jobs.law import read_law
from flows.settings import RULES
from transforms import kept_parts
from transforms.compare.read import read_rules
from transforms.errors import EarshotError, RulebookError
from transforms.kept_parts import MOST, keep_parts, key_of, recall_parts
from transforms.lists.rulings import COLUMNS as RULING_COLUMNS
from transforms.rulebook import keep
from transforms.rulebook.compile import compile_law
from transforms.rulebook.keep import kept_law, packed, unpacked
from transforms.rulebook.law import Law
from transforms.rulebook.model import Rulebook

PARTS = {"one": b"a text " * 40, "other": b"", "third": bytes(range(256))}


def is_same(law: Law, other: Law) -> bool:
    """Return whether two laws are alike to the last digit and type, as rows, as Arrow and by name."""
    assert repr(law.tables()) == repr(other.tables())
    assert law.arrow.keys() == other.arrow.keys()
    assert all(law.arrow[name].equals(table, check_metadata=True) for name, table in other.arrow.items())
    assert (law.digest, law.listed, law.first_day) == (other.digest, other.listed, other.first_day)
    return law == other


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rulebook of which one rule and some tables are others."""
    root = tmp_path_factory.mktemp("changed") / "rules"
    shutil.copytree(RULES, root)
    signals = root / "tables" / "signals.csv"
    signals.write_text("\n".join(signals.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    for room in ("checks", "parties"):
        first = min(path for path in (root / room).iterdir() if path.is_dir() or path.suffix == ".csv")
        shutil.rmtree(first) if first.is_dir() else first.unlink()
    return root


def read(root: Path) -> Rulebook:
    """Return the rulebook under `root`."""
    return read_rules(root, with_cases=False, shipped=RULES)[0]


def forget() -> None:
    """Have this process know of no law, as one that starts."""
    law._read_law.cache_clear()
    law._read_rules.cache_clear()


def test_what_is_kept_is_what_is_compiled(tmp_path: Path, changed: Path) -> None:
    laws = []
    for root in (RULES, changed):
        rulebook = read(root)
        first, again = kept_law(tmp_path / "made", rulebook), kept_law(tmp_path / "made", rulebook)
        assert first is not again
        assert is_same(again, first)
        assert replace(again, checks=[]) == replace(first, checks=[])
        laws.append(again)
    assert laws[0] != laws[1]
    assert len(list((tmp_path / "made").iterdir())) == 2


def test_a_kept_law_is_read_table_by_table(tmp_path: Path) -> None:
    rulebook = read(RULES)
    kept_law(tmp_path / "made", rulebook)
    law = kept_law(tmp_path / "made", rulebook)
    handed = law.handed()
    assert "exception_terms" not in law.__dict__
    assert handed["exception_terms"].num_rows == len(law.exception_terms)  # type: ignore[union-attr]
    with pytest.raises(AttributeError):
        law.no_such_table  # type: ignore[attr-defined]  # noqa: B018


def test_a_damaged_file_is_compiled_anew_and_written_again(tmp_path: Path, changed: Path) -> None:
    rulebook, made = read(changed), tmp_path / "made"
    law = kept_law(made, rulebook)
    (path,) = made.iterdir()
    whole = path.read_bytes()
    for content in (b"", whole[:-1], whole[:100], whole[:500] + b"\0" + whole[501:]):
        path.write_bytes(content)
        assert is_same(kept_law(made, rulebook), law)
        assert path.read_bytes() == whole


def test_other_code_takes_nothing_that_is_kept(tmp_path: Path, changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook, made = read(changed), tmp_path / "made"
    kept_law(made, rulebook)
    monkeypatch.setattr(keep, "_code", lambda: [Path(__file__)])
    kept_law(made, rulebook)
    assert len(list(made.iterdir())) == 2


def test_a_rulebook_that_changes_meanwhile_is_not_kept(
    tmp_path: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = read(changed)
    kept_law(tmp_path / "made", replace(rulebook, hash="another"))
    assert not (tmp_path / "made").exists()
    forget()
    monkeypatch.setattr("transforms.compare.read.read_rules", lambda *_, **__: (replace(rulebook, hash="later"), ()))
    with pytest.raises(EarshotError, match="the rulebook was changed while it was read; run this again"):
        read_law(changed, tmp_path / "made")
    forget()
    assert not (tmp_path / "made").exists()


def test_the_law_of_a_job_is_kept_and_that_of_a_proof_is_compiled(tmp_path: Path, changed: Path) -> None:
    forget()
    compiled = read_law(changed).law
    assert read_law(changed, tmp_path / "made").law == compiled
    forget()
    assert "kept" in read_law(changed, tmp_path / "made").law.__dict__
    assert "kept" not in read_law(changed).law.__dict__
    forget()


def test_of_a_kept_law_no_rule_is_read_before_it_is_asked_for(tmp_path: Path, changed: Path) -> None:
    forget()
    first = read_law(changed, tmp_path / "made")
    rules, titles = first.rulebook.rules, [one.title for one in first.reconciling]
    forget()
    again = read_law(changed, tmp_path / "made")
    assert is_same(again.law, first.law)
    assert (again.hash, again.says) == (first.hash, first.says)
    assert list(again.says.comparisons.values()) == titles
    assert law._read_rules.cache_info().currsize == 0
    assert (again.rulebook.rules, len(again.reconciling)) == (rules, len(titles))
    assert law._read_rules.cache_info().currsize == 1
    forget()


def test_what_is_said_of_a_rulebook_is_not_taken_where_it_is_damaged_or_the_rulebook_is_another(
    tmp_path: Path, changed: Path
) -> None:
    made, root = tmp_path / "made", tmp_path / "rules"
    shutil.copytree(changed, root)
    forget()
    first = read_law(root, made).says
    (path,) = made.glob("says-*")
    path.write_bytes(path.read_bytes()[:-1])
    forget()
    assert read_law(root, made).says == first
    control = root / "controls" / "pakistan-rs" / "rule.yml"
    control.write_text(control.read_text(encoding="utf-8").replace("remedy: ", "remedy: Again, ", 1), encoding="utf-8")
    forget()
    assert read_law(root, made).says != first
    control.write_text("title: none", encoding="utf-8")
    forget()
    with pytest.raises(RulebookError, match="pakistan-rs"):
        read_law(root, made)
    forget()


def test_a_ruling_or_a_newer_list_leaves_the_law_that_is_kept(tmp_path: Path, changed: Path) -> None:
    made, root = tmp_path / "made", tmp_path / "rules"
    shutil.copytree(changed, root)
    laws = [kept_law(made, read(root))]
    (root / "parties" / "rulings.csv").write_text(",".join(RULING_COLUMNS) + "\n", encoding="utf-8")
    laws.append(kept_law(made, read(root)))
    (root / "parties" / "unverified-list.csv").unlink()
    laws.append(kept_law(made, read(root)))
    assert len(list(made.glob("law-*"))) == 1
    assert len({law.digest for law in laws}) == 3 and len({law.tables_digest for law in laws}) == 1
    assert laws[1].listed.rulings and "unverified-list.csv" not in laws[2].listed.files


@pytest.mark.parametrize("folder", [None, "no/such/home/made", "file/made"])
def test_where_nothing_can_be_kept_the_law_is_compiled(tmp_path: Path, changed: Path, folder: str | None) -> None:
    (tmp_path / "file").touch()
    rulebook = read(changed)
    assert kept_law(tmp_path / folder if folder else None, rulebook) == compile_law(rulebook)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_parts_come_back_whole_or_not_at_all(tmp_path: Path) -> None:
    keep_parts(tmp_path, "law", "a key", PARTS)
    assert recall_parts(tmp_path, "law", "a key") == PARTS
    assert recall_parts(tmp_path, "law", "another key") is None
    (path,) = tmp_path.iterdir()
    whole, chance = path.read_bytes(), random.Random(7)
    for at in range(len(whole)):
        path.write_bytes(whole[:at])
        assert recall_parts(tmp_path, "law", "a key") is None
        path.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        assert recall_parts(tmp_path, "law", "a key") is None
    keep_parts(tmp_path, "law", "a key", PARTS)
    assert path.read_bytes() == whole
    path.rename(kept_parts._path(tmp_path, "law", "another key"))
    assert recall_parts(tmp_path, "law", "another key") is None


def test_the_youngest_few_are_kept_and_what_a_kill_left_goes(tmp_path: Path) -> None:
    (tmp_path / ".law-0.kept.partial").touch()
    for at in range(MOST + 2):
        keep_parts(tmp_path, "law", str(at), PARTS)
        os.utime(kept_parts._path(tmp_path, "law", str(at)), (at, at))
    keep_parts(tmp_path, "names", "0", PARTS)
    held = [recall_parts(tmp_path, "law", str(at)) is not None for at in range(MOST + 2)]
    assert (held, len(list(tmp_path.iterdir()))) == ([False, False, *[True] * MOST], MOST + 1)


def test_a_key_tells_content_and_code(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("1", encoding="utf-8")
    first = key_of(["a", "b"], [code])
    assert first == key_of(["a", "b"], [code]) != key_of(["ab"], [code])
    code.write_text("2", encoding="utf-8")
    assert key_of(["a", "b"], [code]) != first


def test_rows_are_packed_with_their_types_or_refused() -> None:
    rows = [
        {"a": date(9999, 12, 31), "b": Decimal("2500.00"), "c": ["x"], "d": True, "e": ("y",)},
        {"a": None, "f": "é"},
        {"a": date(1, 1, 1), "b": Decimal("1E+2"), "c": [], "d": False, "e": ()},
        {},
        {"f": None, "a": None},
    ]
    assert repr(unpacked(packed(rows))) == repr(rows)
    assert unpacked(packed([])) == []
    for value in (1.5, b"", [1], {"a": 1}):
        with pytest.raises(TypeError):
            packed([{"a": value}])
