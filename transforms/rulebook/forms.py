"""The forms of single words in a rule: text, date, flag, ECCN, place, paragraph. Each refuses what is not of its form.

The place words are held against the KnownWords given as validation context; without one, only against their form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from transforms.kinds import FILINGS
from transforms.line import NAMES
from transforms.rulebook.words import CHART_COLUMN, KnownWords, did_you_mean

ECCN_FORM = re.compile(r"([0-9][A-E][0-9]{3}|600|9x515)(\.[a-z0-9]+)*|EAR99|category [0-9]")
"""An ECCN with or without paragraphs, or many of them: `600` is every xY6zz, `9x515` every 9Y515, and there are the
categories of the Commerce Control List, as `category 3`."""
PARAGRAPH_FORM = re.compile(r"\d{3}\.\d+(\([a-z0-9]+\))*")
DATE_FORM = re.compile(r"\d{4}-\d{2}-\d{2}")
HOME_PLACES = ("US", "PR", "VI", "AS", "GU", "MP", "UM", "abroad")
"""What the fact `leaves_from` tells: a State or DC (also where no place is recorded), a territory, another country."""


def refused(problem: str, allowed: str = "", at: str = "") -> PydanticCustomError:
    """Return the error by which a validator refuses; `at` is appended to the key path of the fault; `..` goes up."""
    return PydanticCustomError("refused", "{problem}", {"problem": problem, "allowed": allowed, "at": at})


def as_date(value: Any) -> date:
    """Return the date that `value` writes as YYYY-MM-DD. Raises PydanticCustomError for anything else."""
    if isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and DATE_FORM.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2100:
        raise refused(f'"{value}" is not a date', "a day of the calendar as YYYY-MM-DD, from 1900 to 2100")
    return found


def _date_or_unknown(value: Any) -> Any:
    return value if value == "unknown" else as_date(value)


def _start(value: Any) -> Any:
    return None if value is None or value == "unknown" else as_date(value)


def _amount(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", value):
        raise refused(f'"{value}" is not an amount', "US dollars as 2500 or 2500.00")
    return Decimal(value)


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise refused(f'"{value}" is neither true nor false', "true, false")
    return bool(value == "true")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _eccn(value: str) -> str:
    if ECCN_FORM.fullmatch(value):
        return value
    head, dot, tail = value.strip().partition(".")
    meant = head.upper() + dot + tail.lower()
    hint = f', did you mean "{meant}"?' if ECCN_FORM.fullmatch(meant) else ""
    allowed = "such as 3A999, 2B999.h.2, EAR99, the series 600 and 9x515, or category 3"
    raise refused(f'"{value}" is not an ECCN{hint}', allowed)


def _formed(form: str, what: str, allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(form, value):
            raise refused(f'"{value}" is not {what}', allowed)
        return value

    return check


def _country(value: str, info: ValidationInfo) -> str:
    known: KnownWords | None = info.context
    if value in known.countries if known else re.fullmatch("[A-Z]{2}", value):
        return value
    hint = did_you_mean(value, known.countries) if known else ""
    raise refused(f'unknown country "{value}"{hint}', "an ISO 3166 alpha-2 code of tables/country_names.csv")


def _group(value: str, info: ValidationInfo) -> str:
    known: KnownWords | None = info.context
    if value in known.group_words if known else re.fullmatch(r"[A-Z](:\d+)?", value):
        return value
    words = known.group_words if known else frozenset[str]()
    raise refused(f'unknown country group "{value}"{did_you_mean(value, words)}', ", ".join(sorted(words)) or "B, D:5")


def _chart_column(value: str, info: ValidationInfo) -> str:
    known: KnownWords | None = info.context
    if value in known.chart_columns if known else CHART_COLUMN.fullmatch(value):
        return value
    words = known.chart_columns if known else frozenset[str]()
    raise refused(f'unknown chart column "{value}"{did_you_mean(value, words)}', ", ".join(sorted(words)) or "NS2")


def _heading_list(value: str, info: ValidationInfo) -> str:
    known: KnownWords | None = info.context
    if value in known.heading_lists if known else re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    words = known.heading_lists if known else frozenset[str]()
    problem = f'unknown list of headings "{value}"{did_you_mean(value, words)}'
    raise refused(problem, ", ".join(sorted(words)) or "a list of tables/headings.csv")


def _item_fact(value: str, info: ValidationInfo) -> str:
    known: KnownWords | None = info.context
    if known is None or value in known.item_facts:
        return value
    hint = did_you_mean(value, known.item_facts)
    raise refused(f'unknown fact of an item "{value}"{hint}', "a fact of tables/item_facts.csv, or its negation")


DESCRIPTIONS = ("Supplement 6", "software", "intangible", "no ECCN")
"""What the fact `described_as` tells."""


def _told(value: str, info: ValidationInfo) -> str:
    return value if value in DESCRIPTIONS else _item_fact(value, info)


def _symbol(value: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", value):
        hint = did_you_mean(value, ["others"]) or (f', did you mean "{value.upper()}"?' if value.isalnum() else "")
        raise refused(f'"{value}" is not an exception symbol{hint}', "a symbol such as TMP or GBS, or others")
    return value


def _column(value: str) -> str:
    if value not in NAMES:
        raise refused(f'unknown column "{value}"{did_you_mean(value, NAMES)}', "a canonical column of the line")
    return value


def _filing_column(value: str) -> str:
    known = (*FILINGS.names, "extracted_at")
    if value not in known:
        raise refused(
            f'unknown column "{value}"{did_you_mean(value, known)}',
            "a canonical column of filings, or extracted_at, the day on which the report was taken",
        )
    return value


def _parameter(unit: str) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            raise refused(f'"{value}" is not the name of a parameter', "lower-case words with hyphens")
        known = info.context.parameters if info.context else None
        names = [one.id for one in known if one.unit == unit] if known is not None else [value]
        if value not in names:
            problem = f'unknown parameter "{value}" in {unit}{did_you_mean(value, names)}'
            raise refused(problem, ", ".join(names) or f"none: rules/parameters/ has none in {unit}")
        return value

    return check


def _not_before_from(value: date | None, info: ValidationInfo) -> date | None:
    start = info.data.get("from_on")
    if value and start and value < start:
        raise refused(f"{value} is before from, {start}", "from, or a later day")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Date = Annotated[date, BeforeValidator(as_date)]
Start = Annotated[date | None, BeforeValidator(_start)]
Until = Annotated[Date | None, AfterValidator(_not_before_from)]
DateOrUnknown = Annotated[date | str, BeforeValidator(_date_or_unknown)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Flag = Annotated[bool, BeforeValidator(_flag)]
EccnWord = Annotated[str, AfterValidator(_eccn)]
Country = Annotated[str, AfterValidator(_country)]
Group = Annotated[str, AfterValidator(_group)]
HeadingList = Annotated[str, AfterValidator(_heading_list)]
ItemFactWord = Annotated[str, AfterValidator(_item_fact)]
ChartColumn = Annotated[str, AfterValidator(_chart_column)]
Paragraph = Annotated[
    str, AfterValidator(_formed(PARAGRAPH_FORM.pattern, "a paragraph of an exception", "such as 740.9(a)(1) or 740.10"))
]
Legend = Annotated[
    str,
    AfterValidator(_formed(r"30\.\d+(\([a-z0-9]+\))*", "an exemption legend", "such as 30.36, 30.37(a) or 30.40(b)")),
]
LicenseCode = Annotated[str, AfterValidator(_formed("[A-Z][A-Z0-9]{2}", "an AES license code", "such as C33 or S05"))]
Prefix = Annotated[str, AfterValidator(_formed("[0-9]{6}", "a heading of Schedule B", "six digits, such as 710210"))]
HomePlace = Annotated[
    str, AfterValidator(_formed("|".join(HOME_PLACES), "a place that goods leave", ", ".join(HOME_PLACES)))
]
FileName = Annotated[
    str, AfterValidator(_formed(r"check(-[a-z0-9]+)?\.sql", "a file of this check", "check.sql, check-2.sql"))
]
ScopeName = Annotated[
    str, AfterValidator(_formed("[a-z_]+", "a name for a scope", "lower-case words with underscores"))
]
Symbol = Annotated[str, AfterValidator(_symbol)]
RuleId = Annotated[
    str, AfterValidator(_formed(r"[a-z0-9]+(-[a-z0-9]+)*", "a rule id", "lower-case words with hyphens: pakistan-rs"))
]
RuleIds = Annotated[tuple[RuleId, ...], Field(min_length=1)]
Threshold = Annotated[str, AfterValidator(_parameter("USD"))]
DaysName = Annotated[str, AfterValidator(_parameter("days"))]
CountryList = Annotated[str, AfterValidator(_parameter("countries"))]
ColumnName = Annotated[str, AfterValidator(_column)]
FilingColumn = Annotated[str, AfterValidator(_filing_column)]

Legends = Annotated[tuple[Legend, ...], Field(min_length=1)]
LicenseCodes = Annotated[tuple[LicenseCode, ...], Field(min_length=1)]
HomePlaces = Annotated[tuple[HomePlace, ...], Field(min_length=1)]
Prefixes = Annotated[tuple[Prefix, ...], Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
EccnWords = Annotated[tuple[EccnWord, ...], Field(min_length=1)]
Countries = Annotated[tuple[Country, ...], Field(min_length=1)]
CountryLists = Annotated[tuple[CountryList, ...], Field(min_length=1)]
Groups = Annotated[tuple[Group, ...], Field(min_length=1)]
ChartColumns = Annotated[tuple[ChartColumn, ...], Field(min_length=1), BeforeValidator(_listed)]
ToldWords = Annotated[tuple[Annotated[str, AfterValidator(_told)], ...], Field(min_length=1)]
ItemFactWords = Annotated[tuple[ItemFactWord, ...], Field(min_length=1)]
Paragraphs = Annotated[tuple[Paragraph, ...], Field(min_length=1)]
