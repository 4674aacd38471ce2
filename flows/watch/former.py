"""How long each phase took before, in this home or, until it has a run of its own, where Earshot was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.watch.course import Node

USUAL = Path(__file__).with_name("usual.json")
"""Of 1,000,000 lines on two cores; its shape is that of the file of a home."""
_LEAST = 0.05
"""A phase that took fewer seconds is not worth a weight of its own."""


@dataclass(frozen=True)
class Took:
    """A phase of an earlier run: its seconds, its size or that of the phase around it, and what was within it."""

    seconds: float
    size: float = 0
    within: tuple[str, ...] = ()


class Former:
    """What is known of earlier runs, by the name of a phase."""

    def __init__(self, took: Mapping[str, Took]) -> None:
        self._took = took

    def within(self, name: str) -> tuple[str, ...]:
        """Return the names of the phases that were within one, in their order."""
        return self._took[name].within if name in self._took else ()

    def knows(self, name: str) -> bool:
        """Whether a phase of this name ran before."""
        return name in self._took

    def expected(self, name: str, size: float) -> float:
        """Return how many seconds a phase of this size is expected to take; nothing known is next to nothing."""
        before = self._took.get(name)
        if before is None:
            return _LEAST
        return max(_LEAST, before.seconds * (size / before.size if size and before.size else 1.0))


def read_former(kept: Path) -> Former:
    """Return what is kept in a file, over what is usual; a file that cannot be read says nothing."""
    return Former({**_read(USUAL), **_read(kept)})


def keep_former(kept: Path, root: Node) -> None:
    """Add what a finished run took to the file, which is written whole."""
    sums: dict[str, Took] = {}
    for node, above in root.walk():
        size = next((one.phase.size for one in (node, *reversed(above)) if one.phase.size), 0.0)
        name, before = node.phase.name, sums.get(node.phase.name, Took(0.0))
        names = dict.fromkeys((*before.within, *(one.phase.name for one in node.within)))
        # of several files the sizes add up, and so do the seconds
        sums[name] = Took(before.seconds + node.seconds(), before.size + size, tuple(names))
    told = {name: asdict(one) for name, one in {**_read(kept), **sums}.items()}
    partial = kept.with_name(f".{kept.name}.partial")
    partial.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    partial.replace(kept)


def _read(path: Path) -> dict[str, Took]:
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
        read = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(name): Took(float(one["seconds"]), float(one["size"]), tuple(map(str, one["within"])))
            for name, one in read.items()
        }
    return {}
