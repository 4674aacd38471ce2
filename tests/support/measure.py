"""Measure things side by side: what is compared takes turns, so that the noise of the machine falls on both alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from statistics import median

from transforms.rulebook.model import Rulebook

Seconds = dict[str, list[float]]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def take_turns(works: Mapping[str, Callable[[], float]], times: int) -> Seconds:
    """Call each work once to warm up, then all of them in turn, `times` times; a work returns the seconds it took."""
    for work in works.values():
        work()
    spent: Seconds = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            spent[name].append(work())
    return spent


def told(name: str, values: list[float], unit: str = "s") -> str:
    return f"{name} {median(values):.3f} {unit} ({min(values):.3f} to {max(values):.3f})"


def report(title: str, ratios: list[float], limit: float | None, spent: Seconds) -> float:
    """Print the median ratio with its range and what it is made of, and return it."""
    middle = median(ratios)
    held = "not held to a limit" if limit is None else f"limit {limit:g}"
    print(f"\n{title}: {middle:.2f} ({held}; {min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} runs)")
    for name, values in spent.items():
        print("    " + told(name, values))
    return middle


def copies(rulebook: Rulebook, number: int, ids: tuple[str, ...] = ()) -> Rulebook:
    """A rulebook of `number` controls alone, under other ids: those of `rulebook` (or those named) over and over."""
    models = [control for control in rulebook.controls if not ids or control.id in ids]
    controls = (models[at % len(models)].model_copy(update={"id": f"copy-{at:04d}"}) for at in range(number))
    return replace(rulebook, controls=tuple(controls), provisions=(), filing=None, checks=(), party_rules=())
