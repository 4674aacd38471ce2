"""The rulebook as tables: what the screening SQL reads. Equal scopes and terms share one key."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from transforms.rulebook.model import Control, ExceptionTerms, Items, Places, Rulebook, Version
from transforms.rulebook.places import ALWAYS, FOREVER, read_memberships, read_table

_DAY = timedelta(days=1)
Row = dict[str, object]


@dataclass(frozen=True)
class Law:
    """The compiled rulebook, one list of rows per field; `law.sql` beside this file says what they hold."""

    rule_versions: list[Row]
    """One row per version of a rule."""
    rule_periods: list[Row]
    """One row per version and stretch of days in which it is in force, or in which that is a doubt."""
    item_words: list[Row]
    """One row per item scope and ECCN word, `*` for any item; `is_except` marks a carve-out."""
    place_words: list[Row]
    """One row per place scope and word; `is_except` marks what is excepted."""
    exception_terms: list[Row]
    """One row per set of terms and exception symbol, `*` for all others."""
    memberships: list[Row]
    """One row per scope word that a rule uses, country and stretch of days, see Membership."""
    license_codes: list[Row]
    """One row per AES license code, with the symbols that may stand beside it."""

    @property
    def first_day(self) -> date | None:
        """The first day on which a rule whose start is known is in force, or may be; None without such a rule."""
        days = (row["from_on"] for row in self.rule_periods)
        return min((day for day in days if isinstance(day, date) and day > ALWAYS), default=None)

    def tables(self) -> dict[str, list[Row]]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class _Keys:
    """Hands out one number per distinct content."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.rows: list[Row] = []

    def key(self, content: object, rows: Iterable[Row], name: str) -> int:
        text = json.dumps(content, sort_keys=True, default=str)
        if text not in self._known:
            self._known[text] = len(self._known)
            self.rows += [{name: self._known[text], **row} for row in rows]
        return self._known[text]


def compile_law(rulebook: Rulebook) -> Law:
    """Return the rulebook and its tables as rows, in an order that depends on content alone."""
    items, places, terms = _Keys(), _Keys(), _Keys()
    versions: list[Row] = []
    periods: list[Row] = []
    laws: dict[str, int] = {}
    for control in sorted(rulebook.controls, key=lambda one: one.id):
        floor = date.min
        for at, version in enumerate(control.versions):
            key = len(versions)
            follows = control.versions[at + 1].from_on if at + 1 < len(control.versions) else None
            ceiling = follows - _DAY if follows else FOREVER
            stretches = _periods(version, floor, ceiling, items)
            says = _law_row(control, version, items, places, terms)
            law_key = laws.setdefault(json.dumps([says, stretches], sort_keys=True, default=str), key)
            versions.append({"version_key": key, "law_key": law_key, **_own_row(control, version), **says})
            periods += [{"version_key": key, **stretch} for stretch in stretches]
            ends = max((day for row in stretches if isinstance(day := row["until_on"], date)), default=floor)
            floor = min(ends, FOREVER - _DAY) + _DAY
    words = {row["word"] for row in places.rows}
    return Law(
        rule_versions=versions,
        rule_periods=periods,
        item_words=items.rows,
        place_words=places.rows,
        exception_terms=terms.rows,
        memberships=[one._asdict() for one in read_memberships(rulebook.tables_dir) if one.word in words],
        license_codes=_license_codes(read_table(rulebook.tables_dir / "license_codes.csv")),
    )


def _own_row(control: Control, version: Version) -> Row:
    return {
        "rule_id": control.id,
        "rule_kind": control.kind,
        "remedy": control.remedy,
        "authority": list(version.authority),
    }


def _law_row(control: Control, version: Version, items: _Keys, places: _Keys, terms: _Keys) -> Row:
    """What a version says, apart from its name: equal rows are decided once."""
    savings = version.savings
    deadline = savings.exported_before if savings and isinstance(savings.exported_before, date) else None
    return {
        "reason": control.reason,
        "severity": control.severity,
        "from_on": version.from_on,
        "activities": list(version.activities),
        "item_key": _item_key(version.items, items),
        "place_key": _place_key(version.destinations, places),
        "governed_by": version.governed_by,
        "terms_key": _terms_key(version, items, places, terms),
        "has_savings": savings is not None,
        "en_route_on": savings.en_route_on if savings else None,
        "exported_before": deadline,
        "look_until": savings.look_until if savings else None,
        "savings_except": list(savings.but) if savings else [],
    }


def _item_key(items: Items, keys: _Keys) -> int:
    words = [{"word": "*", "is_except": False}] if items.all else []
    words += [{"word": word, "is_except": False} for word in items.eccn]
    words += [{"word": word, "is_except": True} for word in items.but]
    return keys.key(items.model_dump(), words, "item_key")


def _place_key(places: Places, keys: _Keys) -> int:
    words = [{"word": word, "is_except": False} for word in _place_words(places)]
    words += [{"word": word, "is_except": True} for word in (_place_words(places.but) if places.but else [])]
    return keys.key(places.model_dump(), words, "place_key")


def _place_words(places: Places) -> list[str]:
    words = ["all"] if places.all else []
    words += [f"country:{one}" for one in places.countries] + [f"group:{one}" for one in places.groups]
    return words + [f"chart:{one}" for one in places.chart]


def _terms_key(version: Version, items: _Keys, places: _Keys, keys: _Keys) -> int:
    rows = [_terms_row(symbol, terms, items, places) for symbol, terms in version.exceptions.terms.items()]
    rows.append(
        {"symbol": "*", "stance": version.exceptions.others, "paragraphs": [], "place_key": None, "item_key": None}
    )
    return keys.key(rows, rows, "terms_key")


def _terms_row(symbol: str, terms: ExceptionTerms, items: _Keys, places: _Keys) -> Row:
    on_terms = terms.paragraphs or terms.destinations or terms.items
    stance = "closed" if terms.closed else "own_terms" if terms.own_terms else "open" if on_terms else "doubtful"
    return {
        "symbol": symbol,
        "stance": stance,
        "paragraphs": list(terms.paragraphs),
        "place_key": _place_key(terms.destinations, places) if terms.destinations else None,
        "item_key": _item_key(terms.items, items) if terms.items else None,
        "doubt": terms.doubt,
    }


def _periods(version: Version, floor: date, ceiling: date, items: _Keys) -> list[Row]:
    """Cut a version's days where a doubt begins or ends; a doubt may open a stretch before the version's start.

    Days before `floor` and after `ceiling` belong to the versions around it. One row per stretch; a
    doubt may concern certain items only.
    """
    first, last = version.from_on or ALWAYS, version.until or FOREVER
    doubts = [(max(one.from_on or first, floor), min(one.until or last, ceiling), one) for one in version.doubts]
    doubts = [one for one in doubts if one[0] <= one[1]]
    stretches = [(first, last), *((start, end) for start, end, _ in doubts)]
    cuts = sorted({start for start, _ in stretches} | {end + _DAY for _, end in stretches if end < FOREVER})
    found: list[Row] = []
    for start, end in zip(cuts, [cut - _DAY for cut in cuts[1:]] + [FOREVER], strict=True):
        here = [doubt for begins, ends, doubt in doubts if begins <= start <= ends]
        in_force = first <= start <= last
        if not here and not in_force:
            continue
        general = " ".join(doubt.because for doubt in here if not doubt.items)
        scoped = [doubt for doubt in here if doubt.items]
        row: Row = {"from_on": start, "until_on": end, "is_in_force": in_force, "doubt": general or None}
        row["item_doubt"] = " ".join(doubt.because for doubt in scoped) or None
        words = {word for doubt in scoped if doubt.items for word in doubt.items.eccn}
        row["doubted_item_key"] = _item_key(Items.model_validate({"eccn": sorted(words)}), items) if words else None
        found.append(row)
    return found


def _license_codes(rows: Iterable[dict[str, str]]) -> list[Row]:
    codes: dict[str, Row] = {}
    for row in rows:
        own_number = row["kind"] == "exception" and not row["number_form"]
        own_number = own_number or (bool(row["symbol"]) and row["number_form"] not in ("", row["symbol"]))
        code = codes.setdefault(
            row["code"], {"code": row["code"], "kind": row["kind"], "symbols": [], "number_form": row["number_form"]}
        )
        code["takes_own_number"] = own_number
        symbols = code["symbols"]
        if isinstance(symbols, list) and row["symbol"] and row["symbol"] not in symbols:
            symbols.append(row["symbol"])
    return list(codes.values())
