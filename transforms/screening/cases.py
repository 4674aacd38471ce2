"""Run the examples of a rulebook through the real reading and screening, all in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from transforms.derived import note_terms, term_values
from transforms.facts import all_terms
from transforms.ingest.forms import load_forms
from transforms.ingest.situations import add_situations
from transforms.ingest.steps import insert_rows
from transforms.kinds import LINES
from transforms.line import NAMES
from transforms.pipeline import Row, Stage, give
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.model import Case, Rulebook
from transforms.screening.screen import screen
from transforms.store import open_memory, tables_of_home

CASES = Stage(
    name="screening",
    folder=Path(__file__).parent / "sql",
    reads=("asked_cases", "placed_lines", "determinations", "findings"),
)
_UNREAD = {"export_on": None, "outcome": "unreadable", "missing": (), "because": "a value of the line cannot be read"}
_DAY = date(2000, 1, 1)
_MOMENT = datetime(2000, 1, 1)
_LOADED = datetime(2099, 12, 31)
"""When the lines of examples were loaded, and the moment at which they are asked about: after all of them."""
_NUMBERED = ("itn", "eei_exemption", "usppi_id")
_REFERENCES = ("shipment_id", "shipment_reference", "invoice_number")
_READING = {"export_on_forms": ["%Y-%m-%d"], "tendered_on_forms": ["%Y-%m-%d"], "time_zone": "", "decimal": "."}


@dataclass(frozen=True)
class CaseResult:
    """What one example came to: its rule, its sentence, what was expected and what was found."""

    rule_id: str
    case: Case
    export_on: date | None
    outcome: str
    missing: tuple[str, ...]
    because: str

    @property
    def failures(self) -> list[str]:
        """What is not as the example says; empty when all is."""
        found = []
        if self.outcome != self.case.expect:
            found.append(f"expected {self.case.expect}, found {self.outcome}: {self.because or 'out of scope'}")
        if self.case.missing and self.case.missing != self.missing:
            found.append(f"expected missing {list(self.case.missing)}, found {list(self.missing)}")
        if self.case.because and self.case.because not in self.because:
            found.append(f"expected because to say {self.case.because!r}, it says {self.because!r}")
        return found


@dataclass(frozen=True)
class _CaseRun:
    run_id: str = "cases"
    as_of: date = _DAY
    known_at: datetime | None = None
    moment: datetime = _LOADED
    rulebook_hash: str = ""


def run_cases(rulebook: Rulebook, law: Law | None = None) -> list[CaseResult]:
    """Return one result per example, by rule and in the order of its file.

    Each example stands in a realm of its own, so that no shipment of one adds to that of another. `law` may be given in
    place of the rulebook's own: the same examples under a changed law.
    """
    known = {rule.id for rule in (*rulebook.rules, *rulebook.ccl.rules_by_id)}
    asked = [
        _Asked(rule_id, number, case, at)
        for at, (rule_id, number, case) in enumerate(
            (rule_id, number, case)
            for rule_id, file in sorted(rulebook.cases.items())
            if rule_id in known
            for number, case in enumerate(file.cases)
        )
    ]
    # filings cover days for all lines beside them, so that examples with filings stand apart
    together = ([one for one in asked if not one.case.filings], [one for one in asked if one.case.filings])
    law = law or compile_law(rulebook)
    found = {key: row for some in together if some for key, row in _run(rulebook, law, some).items()}
    results = []
    for one in asked:
        told = found.get((one.file_id, one.number), _UNREAD)
        missing = tuple(told["missing"])
        results.append(CaseResult(one.file_id, one.case, told["export_on"], told["outcome"], missing, told["because"]))
    return results


def _run(rulebook: Rulebook, law: Law, asked: Sequence[_Asked]) -> dict[tuple[str, int], Row]:
    """Return what these examples come to, by file and place in it."""
    provisions = {provision.id for provision in rulebook.provisions}
    with open_memory() as connection:
        connection.execute(tables_of_home())
        note_terms(connection, rulebook.parameters.terms(all_terms()))
        load_forms(connection, rulebook.tables_dir)
        give(connection, "incoming", [line for one in asked for line in one.lines()])
        values = {"batch_id": 1, "known_from": _LOADED, "extracted_at": None, **_READING, **term_values(connection)}
        insert_rows(connection, LINES, values)
        _add_items(connection, asked)
        for filing in (filing for one in asked for filing in one.filings()):
            connection.execute("insert into filings by name select unnest($filing)", {"filing": filing})
        add_situations(connection, 1)
        screen(connection, law, _CaseRun(), is_one_realm=False)
        places = [one.place("eei-filing" if one.file_id in provisions else one.file_id) for one in asked]
        give(connection, "asked_cases", places)
        rows = CASES.read(connection, "case_outcomes")
    return {(row["file_id"], row["case_number"]): row for row in rows}


@dataclass(frozen=True)
class _Asked:
    """One example: the file and place it stands in."""

    file_id: str
    number: int
    case: Case
    at: int
    """Its place among all that are asked."""

    @property
    def source(self) -> str:
        return f"{self.file_id} {self.number}"

    def place(self, rule_id: str) -> dict[str, object]:
        """Where the line asked about stands, and the rule that is asked."""
        line = self.lines()[0]
        return {
            "rule_id": rule_id, "file_id": self.file_id, "case_number": self.number, "source": self.source,
            "shipment_id": line["shipment_id"], "line_number": int(line["line_number"] or 1),
        }  # fmt: skip

    def lines(self) -> list[dict[str, str | None]]:
        """The line asked about, and those beside it: alike but for what they say, in shipments of their own."""
        own = {"shipment_id": self.file_id, "line_number": "1"} | self.case.line
        if self.case.item is not None:
            own["part_number"] = own.get("part_number") or "part"
        beside = [
            own | {"shipment_id": f"other {at}", "line_number": str(at)} | other
            for at, other in enumerate(self.case.others, start=2)
        ]
        for line in (own, *beside):  # an item record is of one example alone
            if line.get("part_number"):
                line["part_number"] = f"{line['part_number']} of {self.source}"
        return [
            {name: self._own(name, line.get(name)) for name in NAMES} | {"source": self.source, "row_number": None}
            for line in (own, *beside)
        ]

    def filings(self) -> list[dict[str, object]]:
        """What AES reports show, each filing line known from the beginning."""
        usual: dict[str, object] = {"line_number": 1, "source": "aes", "known_from": _MOMENT, "batch_id": 2}
        return [
            usual
            | {name: self._own(name, value) for name, value in filing.items()}
            | {"identity_hash": self.at * 1_000 + at}
            for at, filing in enumerate(self.case.filings)
        ]

    def _own(self, column: str, value: str | None) -> str | None:
        """The value with an ITN, a USPPI number and references of this example alone: what AES holds is for all."""
        if not value or not self.case.filings:
            return value
        if column in _REFERENCES:
            return f"{value} {self.at}" if re.search("[0-9]", value) else value
        if column in _NUMBERED:
            value = re.sub(r"X(\d{8})\d{4}(\d{2})", rf"X\g<1>{self.at:04}\2", value)
            return re.sub(r"(?<!\w)(\d{2})\d{4}(\d{3})(\d{2})?(?!\w)", rf"\g<1>{self.at:04}\2\3", value)
        return value


def _add_items(connection: duckdb.DuckDBPyConnection, asked: Sequence[_Asked]) -> None:
    """Put the item records of the examples beside their lines."""
    for one in asked:
        if one.case.item is None:
            continue
        item = {"part_number": one.lines()[0]["part_number"], "source": one.source, "known_from": _MOMENT}
        connection.execute("insert into items by name select unnest($item)", {"item": item | dict(one.case.item)})


def folder_of(rulebook: Rulebook, rule_id: str) -> Path:
    """Return the folder in which a rule of the rulebook lies."""
    return rulebook.cases[rule_id].path.parent
