"""What a parameter is: a number or a list of the law, with its values by date, each beside its authority."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from transforms.rulebook import forms
from transforms.rulebook.across import Found, across_dated, mappings
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.scope import Written

Row = dict[str, object]
Unit = Literal[
    "USD", "percent", "days", "hours", "years", "year", "detectors", "countries", "headings", "modes", "names",
    "patterns",
]  # fmt: skip
_WHOLE = (r"\d{1,6}", "a whole number such as 5")
NUMBERS: dict[str, tuple[str, str]] = {
    "USD": (r"\d{1,9}(\.\d{1,2})?", "US dollars as 2500 or 2500.00"),
    "percent": (r"\d{1,3}(\.\d{1,2})?", "a percentage as 10 or 2.5"),
    **dict.fromkeys(("days", "hours", "years", "detectors"), _WHOLE),
    "year": (r"\d{4}", "a year as 1995"),
}
"""The units of a number: its form, and how it is written."""
LISTS: dict[str, tuple[str, str]] = {
    "countries": (r"[A-Z]{2}", "ISO 3166 alpha-2 codes such as [AU, CA]"),
    "headings": (r"\d{2}(\d{2}){0,2}", 'headings of two, four or six digits such as ["7102"]'),
    "modes": (r"\d{2}", 'AES codes of two digits such as ["10"]'),
    "names": (r"\S(.*\S)?", "names or words as records write them, in capitals"),
    "patterns": (r"\S(.*\S)?", "regular expressions (RE2), matched whatever the case"),
}
"""The units of a list: the form of each word, and how it is written."""
PLACE = re.compile(r"\{([a-z0-9-]+)\}")
"""Where a text names a parameter, to be told with its value."""
_DAY = timedelta(days=1)


class ParameterValue(Written):
    """One value, from `from_on` until the day before the next one; None: older than the first text read."""

    from_on: forms.Start = Field(alias="from", description="the first effective day, or unknown")
    value: Any = Field(description="a number, or a list")
    authority: forms.Texts = Field(description="a list of citations")
    confidence: Literal["high", "medium", "low"] = Field(description="high, medium, low")


class Parameter(Written):
    """A number or a list of the law, with its values in order of date."""

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the file")
    title: forms.Text = Field(description="what it is, in a few words")
    unit: Unit = Field(description=", ".join((*NUMBERS, *LISTS)))
    meaning: forms.Text = Field(description="what it decides, in a sentence")
    values: Annotated[tuple[ParameterValue, ...], Field(min_length=1)] = Field(description="a list of values")
    history: forms.Texts = ()

    @property
    def is_list(self) -> bool:
        """Whether its values are lists of words, not numbers."""
        return self.unit in LISTS

    def words(self, told: Callable[[Any], str]) -> str:
        """Return its values in words, as `told` words each: the first, and from which day on another one holds."""
        first, *others = self.values
        return ", and ".join([told(first.value), *(f"{told(one.value)} from {one.from_on}" for one in others)])

    def rows(self) -> list[Row]:
        """Return one row per value and its stretch of days, which leave out no day.

        A day before the first text is judged by that first text, as in the tables: rules have days of their own.
        """
        starts = [ALWAYS, *(one.from_on for one in self.values[1:] if one.from_on)]
        ends = [start - _DAY for start in starts[1:]] + [FOREVER]
        return [
            {
                "name": self.id, "from_on": start, "until_on": end,
                "number": None if self.is_list else Decimal(one.value),
                "words": list(one.value) if self.is_list else None,
            }
            for one, start, end in zip(self.values, starts, ends, strict=True)
        ]  # fmt: skip


def value_words(parameter: Parameter, value: Any) -> str:
    """`$2,500`, `26 detectors`, `AU, CA, GB`."""
    if parameter.is_list:
        return ", ".join(value)
    if parameter.unit == "year":
        return str(value)
    return f"${Decimal(value):,.2f}".removesuffix(".00") if parameter.unit == "USD" else f"{value} {parameter.unit}"


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a text with the words of a parameter in place of its name in braces: `more than {low-value-threshold}`."""
    return PLACE.sub(lambda found: names.get(found.group(1), found.group(0)), text)


@dataclass(frozen=True)
class Parameters:
    """The parameters of a rulebook, by name. What a rulebook of before them took for granted stands in `before`."""

    by_name: Mapping[str, Parameter] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __iter__(self) -> Iterator[Parameter]:
        return iter(one for _, one in sorted(self.by_name.items()))

    def __len__(self) -> int:
        return len(self.by_name)

    def names(self) -> dict[str, str]:
        """Return the words of each: `$2,500`, and from which day on another value holds."""
        return {one.id: one.words(partial(value_words, one)) for one in self}

    def rows(self) -> list[Row]:
        """Return the relation `parameters`: name, from_on, until_on, number or words; every day has one value."""
        return [row for parameter in self for row in parameter.rows()]

    def stretches(self, name: str) -> list[Row]:
        """Return the rows of one parameter, in order of date. Raises KeyError where there is none of that name."""
        return self.by_name[name].rows()

    def number(self, name: str, day: date) -> Decimal:
        """Return the number in force on `day`. Raises KeyError where there is none of that name, or it is a list."""
        value = self.on(name, day)
        if not isinstance(value, Decimal):
            raise KeyError(f"{name} is a list")
        return value

    def on(self, name: str, day: date) -> Decimal | tuple[str, ...]:
        """Return what holds on `day`: a number, or the words of a list. Raises KeyError for an unknown name."""
        for row in self.stretches(name):
            start, end, number, words = row["from_on"], row["until_on"], row["number"], row["words"]
            assert isinstance(start, date) and isinstance(end, date)
            if start <= day <= end:
                return number if isinstance(number, Decimal) else tuple(words) if isinstance(words, list) else ()
        raise KeyError(name)  # no day is left out

    def authority(self, name: str, day: date) -> str:
        """Return where the value that holds on `day` is stated, as one text."""
        values = self.by_name[name].values
        held = [one for one in values if one.from_on is None or one.from_on <= day]
        return "; ".join((held[-1] if held else values[0]).authority)

    def terms(self, names: Iterable[str]) -> dict[str, list[str | int]]:
        """Return, for each of these, all that it ever was: words in alphabetical order, whole numbers by size."""
        found: dict[str, list[str | int]] = {}
        for name in names:
            numbers = {int(row["number"]) for row in self.stretches(name) if isinstance(row["number"], Decimal)}
            found[name] = [*self.ever(name), *sorted(numbers)]
        return found

    def ever(self, name: str) -> tuple[str, ...]:
        """Return every word that a list ever held, in alphabetical order."""
        found: set[str] = set()
        for row in self.stretches(name):
            found |= set(row["words"] if isinstance(row["words"], list) else ())
        return tuple(sorted(found))


def across_parameter(written: Any) -> Iterator[Found]:
    """Yield (key, problem, allowed) for every value that is not of the unit, and every value out of order."""
    yield from across_dated(written, "values")
    unit = written.get("unit") if isinstance(written, dict) else None
    if not isinstance(unit, str) or unit not in (*NUMBERS, *LISTS):
        return
    for key, one in mappings(written, "values"):
        if one.get("value") is not None:
            yield from _of_unit(f"{key}.value", one["value"], unit)


def _of_unit(key: str, value: Any, unit: str) -> Iterator[Found]:
    if unit in NUMBERS:
        form, allowed = NUMBERS[unit]
        if not isinstance(value, str) or not re.fullmatch(form, value):
            shown = f'"{value}"' if isinstance(value, str) else "a list"
            yield key, f"{shown} is not a number of {unit}", allowed
        return
    form, allowed = LISTS[unit]
    if not isinstance(value, list) or not value:
        yield key, "is empty" if value == [] else "a list is needed", allowed
        return
    for at, word in enumerate(value):
        if not isinstance(word, str) or not re.fullmatch(form, word):
            yield f"{key}[{at}]", f'"{word}" is not a valid word of a list of {unit}', allowed
        elif word in value[:at]:
            yield f"{key}[{at}]", f'"{word}" appears there twice', "each word once"
