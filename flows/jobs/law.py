"""The law of a home: its rulebook, compiled, and the rules by which filings are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, overload

from flows.settings import RULES
from transforms.errors import EarshotError

if TYPE_CHECKING:
    from transforms.compare.rules import Comparison
    from transforms.reports.summary.says import RulebookSays
    from transforms.rulebook.law import Law
    from transforms.rulebook.model import Rulebook


@dataclass(frozen=True)
class _Place:
    """Where a rulebook stands, and what is made of it: that says nothing of what it holds, so all places are alike."""

    root: Path = field(compare=False)
    made: Path | None = field(compare=False)


@dataclass(frozen=True)
class Rules:
    """A rulebook as lines are judged by it, and what is said of it; its rules are read where they are asked for."""

    hash: str
    law: Law
    says: RulebookSays
    place: _Place

    @property
    def rulebook(self) -> Rulebook:
        """The rules themselves, without their examples."""
        rulebook, _ = _read_rules(self.hash, self.place, is_kept=self.place.made is not None)
        return replace(rulebook, root=self.place.root, tables_dir=self.place.root / "tables")

    @property
    def reconciling(self) -> Sequence[Comparison]:
        """The rules by which filings are compared."""
        return _Comparisons(self)


class _Comparisons(Sequence["Comparison"]):
    """The comparisons of a rulebook, read once they are asked for: without filings, nothing asks."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    @cached_property
    def _read(self) -> Sequence[Comparison]:
        place = self._rules.place
        return _read_rules(self._rules.hash, place, is_kept=place.made is not None)[1]

    def __len__(self) -> int:
        return len(self._read)

    @overload
    def __getitem__(self, at: int) -> Comparison: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Comparison]: ...

    def __getitem__(self, at: int | slice) -> Comparison | Sequence[Comparison]:
        return self._read[at]


def read_law(root: Path, made: Path | None = None) -> Rules:
    """Return the rulebook under `root`, compiled; raise RulebookError with every fault.

    Within a process the same content is read once. With `made` (`Home.made`) the compiled law, and what is said of the
    rulebook, are kept there for the next process, which then reads no rule; a proof goes without.
    """
    from transforms.rulebook.hashes import Hashes, rulebook_hashes

    hashes = rulebook_hashes(root) if root.is_dir() else Hashes("", "")
    place = _Place(root.resolve(), made)
    law, says = _read_law(hashes.whole, hashes.beside_lists, place, is_kept=made is not None)
    return Rules(hashes.whole, law, says, place)


@lru_cache(maxsize=4)
def _read_law(digest: str, beside_lists: str, place: _Place, *, is_kept: bool) -> tuple[Law, RulebookSays]:
    from transforms.reports.summary.says import keep_says, recall_says
    from transforms.rulebook.keep import kept_law, recall_law

    content = [digest, *_shipped(place.root)] if is_kept else []
    says = recall_says(place.made, content)
    law = recall_law(place.made, place.root, beside_lists) if says else None
    if says and law:
        return law, says
    from transforms.reports.summary.coverage import say

    rulebook, reconciling = _read_rules(digest, place, is_kept=is_kept)
    says, law = say(rulebook, reconciling), kept_law(place.made, rulebook)
    keep_says(place.made, content, says)
    return law, says


def _shipped(root: Path) -> list[str]:
    """What a rulebook of before may take from the shipped one: the SQL of comparisons."""
    from transforms.rulebook.hashes import rulebook_hash

    return [] if root == RULES.resolve() else [rulebook_hash(RULES / "reconcile")]


@lru_cache(maxsize=4)
def _read_rules(digest: str, place: _Place, *, is_kept: bool) -> tuple[Rulebook, Sequence[Comparison]]:
    del is_kept
    from transforms.compare.read import read_rules

    rulebook, reconciling = read_rules(place.root, with_cases=False, shipped=RULES)
    if rulebook.hash != digest:
        raise EarshotError(f"{place.root}: the rulebook was changed while it was read; run this again")
    return replace(rulebook, listed=replace(rulebook.listed, made=place.made)), reconciling
