"""What the summary page says of a rulebook, whatever was screened under it: kept, so that no rule need be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from transforms.kept_parts import keep_parts, key_of, recall_parts
from transforms.reports.summary.model import Coverage, RuleRow, TableRow
from transforms.rulebook.listed_rows import LISTS

Sentences = list[str]
Days = Sequence[tuple[date, int, Decimal | None]]
"""Days of export, with lines and their value."""
_NAME, _PART = "says", "says"
_TRANSFORMS = Path(__file__).parents[2]
_CODE = (".", "rulebook", "compare", "reports/summary", "reports/words")
"""The packages that say how a rulebook is read, refused and told."""


@dataclass(frozen=True)
class RulebookSays:
    """What does not turn on the lines: rules with their titles, what is covered and what is not, names of countries."""

    rules: list[RuleRow]
    """Every rule but provisions and comparisons, without findings."""
    comparisons: dict[str, str]
    """The title of each comparison with AES, by its id."""
    urgent: list[str]
    """The ids of the rules whose findings come before all others."""
    superseded: list[str]
    """Each rule of before with those that stand in its place."""
    countries: dict[str, str]
    """The name of each country and territory by its ISO code, as rules are told with it."""
    screened: list[tuple[str, Sentences]]
    not_screened: Sentences
    presumed_absent: Sentences
    in_short: Sentences
    tables: list[tuple[str, date, date]]
    """The tables that decide: title, and the first and last day they cover."""
    lists: dict[str, date]
    """The lists of parties that a rule reads, and the day of the copy that is held."""
    are_parties_judged: bool
    """Whether a check looks at the countries of the ultimate consignee and of the end user."""


def keep_says(folder: Path | None, content: Sequence[str], says: RulebookSays) -> None:
    """Keep what is said of a rulebook of this content, which was read and has no fault."""
    keep_parts(folder, _NAME, _key(content), {_PART: json.dumps(asdict(says), default=str).encode()})


def recall_says(folder: Path | None, content: Sequence[str]) -> RulebookSays | None:
    """Return what is kept of a rulebook of this content, so that it need not be read; None where nothing is."""
    parts = recall_parts(folder, _NAME, _key(content)) if folder else None
    if parts is not None:
        with suppress(KeyError, TypeError, ValueError):
            return _read(parts[_PART])
    return None


def _key(content: Sequence[str]) -> str:
    return key_of(content, (path for name in _CODE for path in (_TRANSFORMS / name).glob("*.*") if path.is_file()))


def _read(content: bytes) -> RulebookSays:
    told: dict[str, Any] = json.loads(content)
    told["rules"] = [_rule(row) for row in told["rules"]]
    told["screened"] = [(heading, sentences) for heading, sentences in told["screened"]]
    told["tables"] = [(title, _day(first), _day(last)) for title, first, last in told["tables"]]
    told["lists"] = {name: _day(day) for name, day in told["lists"].items()}
    return RulebookSays(**told)


def _rule(told: Sequence[Any]) -> RuleRow:
    row = RuleRow(*told)
    return row._replace(
        in_force_from=row.in_force_from and _day(str(row.in_force_from)),
        flagged_value_usd=Decimal(0), undetermined_value_usd=Decimal(0),
    )  # fmt: skip


def _day(told: str) -> date:
    return date.fromisoformat(told)


def cover(says: RulebookSays, days: Days) -> Coverage:
    """Return what the rulebook screens, what it does not, and how many lines of `days` its tables do not reach."""
    return Coverage(
        says.screened,
        list(says.not_screened),
        [_table_row(*table, days) for table in says.tables]
        + [_list_row(name, as_of, days) for name, as_of in says.lists.items()],
        list(says.presumed_absent),
        list(says.in_short),
    )


def _list_row(name: str, as_of: date, days: Days) -> TableRow:
    """A list of parties: it says nothing of listings after its day."""
    after = [(lines, value) for day, lines, value in days if day > as_of]
    value = sum((value for _, value in after if value is not None), Decimal(0))
    title = f"{LISTS[name][:1].upper()}{LISTS[name][1:]}, as of the copy held"
    return title, None, as_of, sum(lines for lines, _ in after), value


def _table_row(title: str, start: date, end: date, days: Days) -> TableRow:
    outside = [(lines, value) for day, lines, value in days if not start <= day <= end]
    value = sum((value for _, value in outside if value is not None), Decimal(0))
    return title, start, end, sum(lines for lines, _ in outside), value
