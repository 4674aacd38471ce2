"""What must hold of any lines under any rules: order, neighbors, eras, copies, and that NULL is never a pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.support.engine import Row, Screened, law_of, screen_lines
from tests.support.oracle import BIS_LICENSE
from tests.support.seeds import drawn, few, open_rules, seeds
from transforms.rulebook.model import Items, Places

DAY = timedelta(days=1)
FACTS = ("eccn", "destination", "activity", "license_code", "license_number", "exception_paragraph", "tendered_on")
NOWHERE = Places.model_construct(countries=(), groups=(), chart=(), but=None, all=False)
NOTHING = Items.model_construct(eccn=(), but=(), all=False)


def told(screened: Screened, *left_out: str) -> list[Row]:
    """The findings in their order, without some of their columns."""
    return [{key: value for key, value in row.items() if key not in left_out} for row in screened.findings]


@few
@seeds
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rng, lines, controls = drawn(seed)
    numbers = rng.sample(range(len(lines)), len(lines))
    shuffled = screen_lines([lines[number] for number in numbers], law_of(*controls), numbers)
    straight = screen_lines(lines, law_of(*controls))
    assert told(shuffled) == told(straight)
    assert sorted(map(repr, shuffled.determinations)) == sorted(map(repr, straight.determinations))


@few
@seeds
def test_an_unrelated_row_changes_nothing_else(seed: int) -> None:
    _, lines, controls = drawn(seed)
    half = len(lines) // 2
    alone, among = screen_lines(lines[:half], law_of(*controls)), screen_lines(lines, law_of(*controls))
    assert told(alone) == [row for row in told(among) if row["line_number"] < half]


@few
@seeds
def test_a_line_has_one_outcome_per_rule_in_scope_and_determinations_never_overlap(seed: int) -> None:
    _, lines, controls = drawn(seed)
    screened = screen_lines(lines, law_of(*controls))
    reached = [(row["line_number"], row["rule_id"]) for row in screened.reached]
    assert len(reached) == len(set(reached))
    found = [(row["line_number"], row["rule_id"]) for row in screened.findings]
    assert len(found) == len(set(found))
    stretches = defaultdict(list)
    for row in screened.determinations:
        stretches[row["situation_key"], row["rule_id"]].append((row["from_on"], row["until_on"]))
    for spans in stretches.values():
        ordered = sorted(spans)
        assert all(start <= end for start, end in ordered)
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


@few
@seeds
def test_flagged_and_undetermined_and_clear_are_all_lines_in_scope(seed: int) -> None:
    _, lines, controls = drawn(seed)
    screened = screen_lines(lines, law_of(*controls))
    outcomes = open_rules(screened)
    in_scope = {(row["line_number"], row["rule_id"]): row for row in screened.reached}
    assert set(outcomes) <= set(in_scope)
    assert set(outcomes.values()) <= {"flagged", "undetermined"}
    for key, row in in_scope.items():
        if key not in outcomes and row["rule_id"] != "not-judged":
            assert row["outcome"] == "clear" or row["has_savings"], "neither found, nor clear, nor saved"


@pytest.mark.long
@few
@seeds
def test_moving_the_date_within_an_era_changes_only_the_date_in_because(seed: int) -> None:
    _, lines, controls = drawn(seed)
    law = law_of(*controls)
    before = screen_lines(lines, law)
    situations = {row["line_number"]: row["situation_key"] for row in before.reached}
    cuts = defaultdict(set)
    for row in before.determinations:
        cuts[row["situation_key"]] |= set(_cuts(row))
    moved, changed = dict(enumerate(lines)), {}
    for number, line in enumerate(lines):
        day, days = date.fromisoformat(str(line["export_on"])), cuts[situations.get(number)]
        to = min((cut for cut in days if cut > day), default=day + DAY) - DAY
        changed[number] = str(day), str(min(to, date(2090, 1, 1)))
        moved[number] = {**line, "export_on": changed[number][1]}
    after = screen_lines(list(moved.values()), law)
    expected = []
    for row in told(before):
        old, new = changed[row["line_number"]]
        because = row["because"].replace(f" on {old}", f" on {new}", 1)
        expected.append({**row, "export_on": date.fromisoformat(new), "because": because})
    assert told(after) == expected


def _cuts(row: Row) -> Iterator[date]:
    yield row["from_on"]
    ends = (row["until_on"], row["en_route_on"], row["look_until"])
    yield from (day + DAY for day in ends if day and day < date.max)
    if row["exported_before"]:
        yield from (row["exported_before"], row["exported_before"] + DAY)


@pytest.mark.long
@few
@seeds
def test_a_copy_of_a_rule_finds_the_same_and_changes_no_other(seed: int) -> None:
    rng, lines, controls = drawn(seed)
    original = rng.choice(controls)
    copy = original.model_copy(update={"id": "a-copy"})
    before, after = screen_lines(lines, law_of(*controls)), screen_lines(lines, law_of(*controls, copy))
    others = {(row["line_number"], row["rule_id"]): row for row in told(after) if row["rule_id"] != "a-copy"}
    for row in told(before):
        other = others.pop((row["line_number"], row["rule_id"]))
        assert row["rule_id"] == "not-judged" or row == other
    assert not others
    copied = [row | {"rule_id": original.id} for row in told(after, "finding_id") if row["rule_id"] == "a-copy"]
    assert copied == [row for row in told(before, "finding_id") if row["rule_id"] == original.id]


@pytest.mark.parametrize("nothing", [None, ""], ids=["not known", "empty"])
@few
@seeds
def test_a_flagged_line_that_loses_a_fact_is_never_clear(nothing: str | None, seed: int) -> None:
    _, lines, controls = drawn(seed, 300)
    law = law_of(*controls)
    flagged = [key for key, outcome in open_rules(screen_lines(lines, law)).items() if outcome == "flagged"]
    poorer = [({**lines[number], fact: nothing}, rule, fact) for number, rule in flagged for fact in FACTS]
    assert poorer
    outcomes = open_rules(screen_lines([line for line, _, _ in poorer], law))
    for at, (line, rule, fact) in enumerate(poorer):
        if (at, rule) not in outcomes:
            assert _is_settled(line, fact), f"{rule} is clear without {fact}: {line}"


def _is_settled(line: Mapping[str, str | None], fact: str) -> bool:
    """A well formed license number that stood under another code speaks for itself once the code is gone."""
    return fact == "license_code" and bool(BIS_LICENSE.fullmatch(line["license_number"] or ""))


@few
@seeds
def test_a_rule_without_places_or_items_finds_nothing(seed: int) -> None:
    _, lines, controls = drawn(seed)
    emptied = [
        control.model_copy(update={"versions": tuple(one.model_copy(update=update) for one in control.versions)})
        for control, update in zip(
            controls, [{"destinations": NOWHERE}, {"items": NOTHING}] * len(controls), strict=False
        )
    ]
    assert screen_lines(lines, law_of(*emptied)).findings == []
