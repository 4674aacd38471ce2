"""The law of a home: its rulebook, compiled, and the rules by which filings are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import RULES

if TYPE_CHECKING:
    from transforms.compare.rules import Comparison
    from transforms.rulebook.law import Law
    from transforms.rulebook.model import Rulebook


@dataclass(frozen=True)
class Rules:
    """A rulebook as lines are judged by it, and the rules by which filings are compared."""

    rulebook: Rulebook
    reconciling: Sequence[Comparison]
    law: Law


def read_law(root: Path, made: Path | None = None) -> Rules:
    """Return the rulebook under `root`, compiled; raise RulebookError with every fault.

    Within a process the same content is read once. With `made` (`Home.made`) the compiled law is kept there for the
    next process; a proof goes without.
    """
    from transforms.rulebook.hashes import rulebook_hash

    digest = rulebook_hash(root) if root.is_dir() else ""
    rules = _read_law(digest, _Place(root.resolve(), made), is_kept=made is not None)
    rulebook = replace(rules.rulebook, root=root.resolve(), tables_dir=root.resolve() / "tables")
    return replace(rules, rulebook=rulebook)


@dataclass(frozen=True)
class _Place:
    """Where a rulebook stands, and what is made of it: that says nothing of what it holds, so all places are alike."""

    root: Path = field(compare=False)
    made: Path | None = field(compare=False)


@lru_cache(maxsize=4)
def _read_law(digest: str, place: _Place, *, is_kept: bool) -> Rules:
    del is_kept
    from transforms.compare.read import read_rules
    from transforms.rulebook.keep import kept_law

    rulebook, reconciling = read_rules(place.root, with_cases=False, shipped=RULES)
    rulebook = replace(rulebook, listed=replace(rulebook.listed, made=place.made))
    made = place.made if rulebook.hash == digest else None  # one that was changed while it was read is not kept
    return Rules(rulebook, reconciling, kept_law(made, rulebook))
