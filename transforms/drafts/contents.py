"""What the values of a column look like: the second witness beside its heading, which can also refuse it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from transforms.drafts.words import Looks

_NUMBER = re.compile(r"[-+(]?\s*(?:[$€£¥]|[A-Z]{3}\s)?\s*\d[\d.,' \u00a0\u202f]*\s*(?:[A-Z]{3}|[$€£¥%])?\s*[-)]?")
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[-. ]?\s?[^\W\d]{3,10}\.?[-, ]+\d{2,4}"
    r"|[^\W\d]{3,10}\.?\s\d{1,2},?\s\d{4}|(?:19[89]|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
)
SERIAL = re.compile(r"[345]\d{4}(?:\.\d+)?")
"""The days since 1900 under which a spreadsheet keeps a date of 1982 to 2064."""
NO_DATE = frozenset({"00000000", "0000-00-00", "00.00.0000", "0", "00/00/0000", "--"})
"""What stands for no date."""
_ITN = re.compile(r"(?:AES|ITN)?[:\s]*X\s?20\d{12}", re.IGNORECASE)
_CITES = re.compile(r"NO\s?EEI.*|AESPOST.*|AESDOWN.*|30\.\d+.*", re.IGNORECASE)
_ECCN = re.compile(
    r"(?:ECCN:?\s*)?[0-9][A-E][0-69]\d{2}(?:\.?[a-z0-9.()-]*)?|EAR\s?-?99(?:\s*NLR)?|[IVX]+\([a-z]\).*", re.IGNORECASE
)
_TARIFF = re.compile(r"\d{4}[.\s]?\d{2}(?:[.\s]?\d{2}){0,2}(?:[.\s]?\d{1,4})?")
_LARGEST = 2_147_483_647
_ENOUGH: Mapping[str, float] = {"country": 0.3, "number": 0.8, "amount": 0.8, "line number": 0.9}
_FEW = 0.5


@dataclass(frozen=True)
class Lists:
    """Names and codes of countries, and codes of currencies, as the rulebook has them; countries in other languages."""

    countries: Collection[str] = ()
    currencies: Collection[str] = ()

    def is_country(self, value: str) -> bool:
        """Whether the value is a country, or CODE - NAME."""
        plain = unicodedata.normalize("NFD", value.upper())
        folded = " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
        return folded in self.countries or folded.partition(" - ")[0] in self.countries


@dataclass(frozen=True)
class Column:
    """The values of one column of the sample, in the order of its rows; blank ones too."""

    values: Sequence[str]
    lists: Lists = field(default_factory=Lists)

    @cached_property
    def filled(self) -> list[str]:
        """The values that are not blank."""
        return [value.strip() for value in self.values if value.strip()]

    @cached_property
    def distinct(self) -> list[str]:
        """The values that are not blank, each once, in the order of the file."""
        return list(dict.fromkeys(self.filled))

    @property
    def is_key(self) -> bool:
        """Whether each row has a value of its own."""
        return len(self.distinct) == len(self.values)

    def share(self, looks: str) -> float:
        """Return the share of its distinct values that look like one of `looks`; 1 where it has no value."""
        values = [value for value in self.distinct if looks != "date" or value not in NO_DATE]
        return sum(_LOOKS[looks](value, self.lists) for value in values) / len(values) if values else 1.0

    def is_unlike(self, looks: Looks) -> bool:
        """Whether the values refuse a heading that asks for `looks`."""
        return bool(looks) and self.share(looks) < _ENOUGH.get(looks, _FEW)

    @property
    def is_serial(self) -> bool:
        """Whether dates stand as a spreadsheet keeps them: as numbers of days."""
        values = [value for value in self.distinct if value not in NO_DATE]
        return bool(values) and all(SERIAL.fullmatch(value) and 30_000 <= float(value) <= 60_000 for value in values)

    def told_by_contents(self) -> tuple[str, str] | None:
        """Return the canonical column that values of an unmistakable form make certain, and their form in words."""
        if not self.distinct:
            return None
        if self.share("itn") == 1 and any(_ITN.fullmatch(value) for value in self.distinct):
            return "itn", "the values are ITNs"
        if self.share("eccn") == 1 and any(value.upper() not in ("EAR99", "EAR 99") for value in self.distinct):
            return "eccn", "the values are ECCNs"
        if self.share("eccn") == 1:
            return "eccn", "the values are EAR99"
        if all(re.fullmatch(r"\d{4}\.\d{2}\.\d{2}\.?\d{2}", value) for value in self.distinct):
            return "schedule_b", "the values are ten-digit numbers in the form of Schedule B"
        return None


def _is_date(value: str, _: Lists) -> bool:
    return bool(_DATE.fullmatch(value)) or bool(SERIAL.fullmatch(value) and 30_000 <= float(value) <= 60_000)


def _is_line_number(value: str, _: Lists) -> bool:
    return bool(re.fullmatch(r"\d{1,10}(?:\.0+)?", value)) and float(value) <= _LARGEST


def _is_currency(value: str, lists: Lists) -> bool:
    return value.upper() in lists.currencies or (not lists.currencies and bool(re.fullmatch("[A-Z]{3}", value)))


def _is_number(value: str, _: Lists) -> bool:
    return bool(_NUMBER.fullmatch(value))


_LOOKS: dict[str, Callable[[str, Lists], bool]] = {
    "date": _is_date,
    "country": lambda value, lists: lists.is_country(value),
    "number": _is_number,
    "amount": lambda value, lists: _is_number(value, lists) and not re.fullmatch(r"0\d{5,}", value),
    "line number": _is_line_number,
    "itn": lambda value, _: bool(_ITN.fullmatch(value) or _CITES.fullmatch(value)),
    "eccn": lambda value, _: bool(_ECCN.fullmatch(value)) or value.upper() in ("NLR", "N/A", "NONE", "-"),
    "tariff": lambda value, _: bool(_TARIFF.fullmatch(value)),
    "currency": _is_currency,
    "origin": lambda value, lists: value.upper() in ("D", "F", "M", "DOMESTIC", "FOREIGN") or lists.is_country(value),
    "words": lambda value, _: any(letter.isalpha() for letter in value),
    "consignee type": lambda value, _: value.upper()[:1] in ("D", "G", "R", "O"),
}
