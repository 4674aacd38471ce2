"""Evidence only gives, and doubt only takes: what AES holds, and values that say less, over homes drawn at random."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import pytest

from tests.support.engine import law_of_filing, screen_lines
from tests.support.filed import LATER, Filing
from tests.support.filing_drawing import UNREADABLE, draw_homes
from tests.support.readable import read_number, read_usppi
from tests.support.truth import Line
from transforms.line import NAMES

COUNT = 120
ORDER = ("clear", "undetermined", "flagged")
LESS: Mapping[str, Sequence[str | None]] = {
    **{column: values for column, values in UNREADABLE.items() if column != "usppi_name"},
    "value_usd": ["", None, "0", "0.00", "-5", "-9000"],
    "itn": ["X2025", "PENDING", "AESPOST", "AESPOST 12345678912", "AESDOWN 123456789 02/30/2025", "TBD"],
    "eei_exemption": ["EXEMPT", "AESPOST TBD", "AESDOWN 123456789 13/13/2025"],
    **({"currency": ["GBP", "JPY", "???"]} if "currency" in NAMES else {}),
}
"""Columns that the filing rule reads, and what says less in each than anything that can be read."""
PARTS = ("schedule_b", "origin_df", "consignee_name", "conveyance", "usppi_id", "value_usd")
Home = list[Line]

seeds = pytest.mark.parametrize("seed", range(int(os.environ.get("EARSHOT_SEEDS", "1"))))


@cache
def homes(seed: int) -> list[Home]:
    """Homes whose first line is the one asked about: a shipment and an invoice of its own."""
    drawn = draw_homes(random.Random(seed), COUNT)
    return [[_of_home(line, at, number) for number, line in enumerate(home)] for at, home in enumerate(drawn)]


def _of_home(line: Line, at: int, number: int) -> Line:
    changed = {
        "source": f"home {at}",
        "invoice_number": f"I{at}-{number}",
    }
    if (line.get("schedule_b") or "").startswith("7102"):  # what is no Schedule B number is not taken for diamonds
        changed["schedule_b"] = "9027500000"
    if number == 0:
        changed["shipment_id"] = f"R{at}"
        if at % 3 == 2:
            changed["itn"] = f"X20250301{at:06d}"
    return {**line, **changed}


def judged(drawn: Iterable[Home], filings: Sequence[Filing] = ()) -> list[list[str]]:
    """What is said of each line of each home."""
    whole = list(drawn)
    lines = [line for home in whole for line in home]
    said = screen_lines(lines, law_of_filing(), filings=filings, is_one_realm=False).filing()
    outcomes = iter([said.get(number, "clear") for number in range(len(lines))])
    return [[next(outcomes) for _ in home] for home in whole]


@cache
def unchanged(seed: int) -> list[list[str]]:
    return judged(homes(seed))


# ------------------------------------------------------------------------------------------------------- what AES holds


def others(seed: int) -> list[Filing]:
    """What AES holds of other shipments of some USPPIs, on the days of these."""
    return [
        _filing(home[0], at, 30) | {"itn": f"X20240202{at:06d}"} for at, home in enumerate(homes(seed)) if at % 2
    ]  # fmt: skip


def matching(seed: int) -> list[Filing]:
    """A filing of the first line of each home, by its ITN, its reference, or its invoice, day and Schedule B number."""
    rng, found = random.Random(seed), []
    for at, home in enumerate(homes(seed)):
        line, filing = home[0], _filing(home[0], at, rng.choice((-1, 0, 5, 6, 30)))
        if at % 3 == 2:
            key = {"itn": str(line["itn"])}
        elif at % 3 == 1 and read_number(line.get("schedule_b")):
            key = {"invoice_number": str(line["invoice_number"])}
        else:
            key = {"shipment_reference": str(line["shipment_id"])}
        found.append(filing | key)
    return found


def _filing(line: Line, at: int, days: int) -> dict[str, str | int | None]:
    day = date.fromisoformat(str(line["export_on"]))
    return {
        "itn": f"X20240101{at:06d}", "export_on": str(day), "destination": line.get("destination") or "",
        "usppi_id": line.get("usppi_id") if read_usppi(line.get("usppi_id")) else "",
        "schedule_b": read_number(line.get("schedule_b")), "line_number": 1,
        "extracted_at": f"{min(day + timedelta(days=days), LATER.date() - timedelta(days=2))} 06:00:00",
    }  # fmt: skip


@pytest.mark.parametrize("is_covered", [False, True], ids=["nothing else held", "others held"])
@seeds
def test_a_filing_that_aes_holds_never_makes_its_line_worse_and_clears_it(seed: int, is_covered: bool) -> None:
    loaded = others(seed) if is_covered else []
    before = judged(homes(seed), loaded) if is_covered else unchanged(seed)
    held = matching(seed)
    after = judged(homes(seed), [*loaded, *held])
    wrong = [
        f"{was[0]} without the filing, {now[0]} with it\nline: {home[0]}\nfiling: {filing}\nhome: {home}"
        for was, now, home, filing in zip(before, after, homes(seed), held, strict=True)
        if ORDER.index(now[0]) > ORDER.index(was[0]) or now[0] != "clear"
    ]
    assert not wrong, f"{len(wrong)} lines, of which the first:\n{wrong[0]}"


# --------------------------------------------------------------------------------------------------- what says less


def never_cleared(seed: int, changed: Sequence[Home]) -> None:
    """Fail where a line that was not clear is clear after the change."""
    wrong = [
        f"{was} before, clear after\nline: {home[at]}\nchanged: {_changes(home, altered)}\nhome: {home}"
        for outcomes, told, home, altered in zip(unchanged(seed), judged(changed), homes(seed), changed, strict=True)
        for at, (was, now) in enumerate(zip(outcomes, told, strict=True))
        if was != "clear" and now == "clear"
    ]
    assert not wrong, f"{len(wrong)} lines, of which the first:\n{wrong[0]}"


def _changes(home: Home, altered: Home) -> list[str]:
    return [
        f"{column} of line {at} from {line.get(column)!r} to {now[column]!r}"
        for at, (line, now) in enumerate(zip(home, altered, strict=True))
        for column in now
        if now[column] != line.get(column)
    ]


@pytest.mark.parametrize("column", LESS)
@seeds
def test_a_value_that_says_less_never_makes_a_line_clear(seed: int, column: str) -> None:
    rng = random.Random(f"{seed} {column}")
    changed = []
    for home in homes(seed):
        at = rng.randrange(len(home))
        less = {**home[at], column: rng.choice(LESS[column])}
        changed.append([*home[:at], less, *home[at + 1 :]])
    never_cleared(seed, changed)


@pytest.mark.parametrize("column", PARTS)
@seeds
def test_splitting_a_group_by_odd_values_never_makes_a_line_clear(seed: int, column: str) -> None:
    rng = random.Random(f"{seed} {column}")
    changed = [
        [{**line, column: rng.choice(LESS[column])} if rng.random() < 0.4 else line for line in home]
        for home in homes(seed)
    ]
    never_cleared(seed, changed)
