"""Many lines through the real reading and screening at once, and what was found of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from tests.support.filed import LATER, Filing, load_filings
from tests.support.runs import MOMENT, Run
from tests.support.shipped import shipped_rulebook
from tests.support.truth import Line
from transforms.derived import note_terms, term_values
from transforms.facts import all_terms
from transforms.ingest.forms import load_forms
from transforms.ingest.situations import add_situations
from transforms.ingest.steps import insert_rows
from transforms.kinds import LINES
from transforms.line import NAMES
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.model import Control, Rulebook
from transforms.screening.screen import screen
from transforms.store import open_memory, tables_of_home

RULEBOOK = shipped_rulebook()
FORMS = {"export_on_forms": ["%Y-%m-%d"], "tendered_on_forms": ["%Y-%m-%d"], "time_zone": "", "decimal": "."}
Row = dict[str, Any]


@dataclass(frozen=True)
class Screened:
    """The findings, the determinations, and which line is under which determination."""

    findings: list[Row]
    determinations: list[Row]
    reached: list[Row]
    low_values: dict[int, str]
    situations: int

    def by_line(self) -> dict[tuple[int, str], Row]:
        """Findings by line number and rule."""
        return {(row["line_number"], row["rule_id"]): row for row in self.findings}

    def filing(self) -> dict[int, str]:
        """What is said of filing, by line, but for what is clear; what `not-judged` rolls up is undetermined."""
        by_line = self.by_line()
        rolled_up = {
            row["line_number"] for row in self.reached if row["rule_id"] == "eei-filing" and row["is_rolled_up"]
        }
        undetermined = {number: "undetermined" for number in rolled_up if (number, "not-judged") in by_line}
        return undetermined | {
            number: row["outcome"] for (number, rule), row in by_line.items() if rule == "eei-filing"
        }


def law_of(*controls: Control) -> Law:
    return compile_law(Rulebook(RULEBOOK.root, RULEBOOK.tables_dir, "", controls, {}))


@cache
def law_of_controls() -> Law:
    """Return the shipped controls alone: their oracle knows nothing of filing and checks."""
    return law_of(*RULEBOOK.controls)


@cache
def law_of_filing() -> Law:
    """Return the shipped law without checks, and without the Commerce Control List, which has an oracle of its own."""
    return compile_law(replace(RULEBOOK, checks=(), party_rules=(), check_sql={}, ccl=NO_CCL))


def load_lines(
    connection: duckdb.DuckDBPyConnection, lines: Sequence[Line], numbers: Iterable[int] | None = None
) -> None:
    """Make an empty store of the connection and load `lines`, numbered from 0 unless `numbers` are given."""
    connection.execute(tables_of_home())
    note_terms(connection, RULEBOOK.parameters.terms(all_terms()))
    load_forms(connection, RULEBOOK.tables_dir)
    connection.register("incoming", _incoming(lines, list(range(len(lines)) if numbers is None else numbers)))
    values = {"batch_id": 1, "known_from": MOMENT, "extracted_at": None, **FORMS, **term_values(connection)}
    insert_rows(connection, LINES, values)
    loaded = connection.execute("select count(*) from lines").fetchall()
    assert loaded == [(len(lines),)], "a drawn line could not be read"
    add_situations(connection, 1)


def screen_lines(
    lines: Sequence[Line],
    law: Law | None = None,
    numbers: Iterable[int] | None = None,
    *,
    filings: Sequence[Filing] = (),
    item_facts: Iterable[str] = (),
    is_one_realm: bool = True,
) -> Screened:
    """Screen `lines`, numbered from 0 unless `numbers` are given, with what AES holds at a later moment.

    The law is that of the shipped controls unless another is given.
    Of `item_facts` each is what the item master says of the part of that name.
    """
    with open_memory() as connection:
        load_lines(connection, lines, numbers)
        load_filings(connection, filings)
        for said in item_facts:
            connection.execute("insert into items by name select unnest($item)", {"item": _item(said)})
        run = Run(moment=LATER if filings else MOMENT)
        screen(connection, law or law_of_controls(), run, is_one_realm=is_one_realm)
        situated = "(select line_number, export_on, situation_key from placed_lines)"
        reached = (
            f"select l.line_number, d.* from {situated} as l join determinations as d"
            " on d.situation_key = l.situation_key and l.export_on between d.from_on and d.until_on"
        )
        low_values = f"select line_number, low_value from {situated} join subjects using (situation_key)"
        return Screened(
            findings=connection.sql("from findings").to_arrow_table().to_pylist(),
            determinations=connection.sql("select * exclude (verdict_key) from determinations")
            .to_arrow_table()
            .to_pylist(),
            reached=connection.sql(reached).to_arrow_table().to_pylist(),
            low_values=dict(connection.execute(low_values).fetchall()),
            situations=len(connection.execute("select situation_key from situations").fetchall()),
        )


def _item(said: str) -> Row:
    return {"part_number": said, "item_facts": said, "source": "items", "known_from": MOMENT, "batch_id": 1}


def _incoming(lines: Sequence[Line], numbers: Sequence[int]) -> pa.Table:
    columns = {name: [line.get(name) for line in lines] for name in NAMES}
    columns |= {"line_number": [str(number) for number in numbers], "row_number": [None] * len(lines)}
    for name, usual in (("source", "drawn"), ("shipment_id", "S")):
        columns[name] = [line.get(name) or usual for line in lines]
    fault = pa.struct([(name, pa.string()) for name in ("column_name", "recorded", "code")])
    faults = pa.nulls(len(lines), pa.list_(fault))
    return pa.table({**{name: pa.array(values, pa.string()) for name, values in columns.items()}, "faults": faults})
