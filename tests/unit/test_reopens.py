"""A decision holds on what it looked at: column by column and fact by fact, for each kind of rule."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.desk import make_desk
from tests.support.office import Office
from transforms import line as declared_line
from transforms.contexts.contexts import ADDED
from transforms.facts import all_facts, facts_by
from transforms.ledger.turns import known_kinds
from transforms.line import LINE, NAMES
from transforms.sql import read_sql

TREE = Path(declared_line.__file__).parent
KINDS = {str(row["rule_kind"]): row for row in known_kinds()}
RULES = {
    "control": "pakistan-rs", "eei": "eei-filing", "check": "origin-malformed", "reconcile": "license-code-differs",
}  # fmt: skip
"""A rule of each kind that flags the line of `BEFORE`."""
BEFORE = {
    "line_number": "1", "export_on": "2025-02-03", "tendered_on": "2025-02-03", "activity": "export",
    "form": "tangible", "usppi_id": "98-7654321", "usppi_name": "Tarn", "consignee_name": "Acme Labs",
    "consignee_country": "PK", "consignee_type": "D", "intermediate_consignee_name": "Via", "intermediate_country": "",
    "end_user_name": "User", "end_user_country": "PK", "destination": "PK", "shipped_from": "US",
    "part_number": "P-1", "description": "a pump", "eccn": "3A999", "schedule_b": "8413600000", "origin_df": "Q",
    "quantity": "1", "uom": "NO", "value_usd": "9000.00", "license_code": "C33", "license_number": "NLR",
    "exception_paragraph": "", "itn": "", "eei_exemption": "", "filing_option": "2", "transport_mode": "40",
    "conveyance": "PIA 701", "port_of_export": "1704", "routed": "N", "invoice_number": "I-1", "currency": "USD",
    "value_recorded": "", "destination_region": "", "shipped_from_region": "NY", "order_number": "SO-1",
    "purchaser_name": "Buyer", "purchaser_country": "PK", "forwarder_name": "Agent",
    "consignee_address": "1 High Street", "end_user_address": "2 Low Street",
}  # fmt: skip
AFTER = {
    "export_on": ["2025-02-04", "2025-02-10"], "tendered_on": ["2025-02-02", ""], "activity": ["reexport", ""],
    "form": [""], "usppi_id": ["98-7654300", ""], "usppi_name": ["Tarn & Wexley", ""],
    "consignee_name": ["Beta", ""], "consignee_country": ["AE", ""], "consignee_type": ["G", "R", "O", ""],
    "intermediate_consignee_name": ["Other", ""], "intermediate_country": ["AE", "TR"], "end_user_name": ["Else", ""],
    "end_user_country": ["AE", ""], "destination": ["IQ"], "shipped_from": ["AE", "PR", ""], "part_number": ["P-2", ""],
    "description": ["a valve", ""], "eccn": ["3A992"], "schedule_b": ["8413600001", ""], "origin_df": ["Z"],
    "quantity": ["2", ""], "uom": ["KG", ""], "value_usd": ["9000.01", "99000"], "license_code": ["C60", ""],
    "license_number": ["TMP", ""], "exception_paragraph": ["740.9(a)(1)"], "itn": ["PENDING"],
    "eei_exemption": ["30.37(b)", "NO"], "filing_option": ["4", ""], "transport_mode": ["10", ""],
    "conveyance": ["LH 1", ""], "port_of_export": ["2704", ""], "routed": ["Y", ""], "invoice_number": ["I-2", ""],
    "currency": ["GBP"], "value_recorded": ["12.00"], "destination_region": ["Punjab"],
    "shipped_from_region": ["CA", ""], "order_number": ["SO-2", ""], "purchaser_name": ["Buyers", ""],
    "purchaser_country": ["AE", ""], "forwarder_name": ["Agents", ""],
    "consignee_address": ["3 High Street", ""], "end_user_address": [""],
}  # fmt: skip
"""What each column is restated to: one of these, by the seed."""


def extract(rows: Iterable[dict[str, str]]) -> str:
    text, rows = io.StringIO(), list(rows)
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def line(column: str, **other: str) -> dict[str, str]:
    euros = {"value_usd": "", "value_recorded": "9000", "currency": "EUR"} if column == "currency" else {}
    return {"shipment_id": f"S-{column}", **BEFORE, **euros, **other}


@pytest.fixture(scope="module", params=[0, pytest.param(1, marks=pytest.mark.long)])
def states(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple]:
    """Return, by column and kind, the state and event after it was restated of a line about which all was decided."""
    draw = random.Random(request.param)
    office = Office(make_desk(tmp_path_factory.mktemp("reopens")))
    filings = [
        {"itn": f"X20250201{number:06d}", "line_number": "1", "shipment_reference": f"S-{column}",
         "status": "accepted", "license_code": "C32", "destination": "DE"}
        for number, column in enumerate(AFTER)
    ]  # fmt: skip
    office.desk.take(extract(line(column) for column in AFTER), "lines.csv", "line")
    office.desk.take(extract(filings), "filings.csv", "filings")
    office.screen()
    rules = tuple(RULES.values())
    decided = office.desk.rows(f"select finding_id from ledger where rule_id in {rules}")
    assert len(decided) == len(AFTER) * len(RULES)
    office.decide("authorized", *(finding for (finding,) in decided), is_sure=True)
    office.desk.take(extract(line(one, **{one: draw.choice(AFTER[one])}) for one in AFTER), "again.csv", "line")
    office.screen()
    kinds = {rule: kind for kind, rule in RULES.items()}
    rows = office.desk.rows(
        f"select shipment_id, rule_id, outcome is not null, state, closed_by from ledger where rule_id in {rules}"
    )
    return {(shipment[2:], kinds[rule]): (made, state, by) for shipment, rule, made, state, by in rows}


@pytest.mark.parametrize("kind", RULES)
def test_a_decision_reopens_where_a_column_that_its_family_reads_is_restated_and_nowhere_else(states, kind) -> None:
    made = {column: how[1:] for (column, of), how in states.items() if of == kind and how[0]}
    assert len(made) >= len(AFTER) - 6, "of nearly every column the finding is made again"
    opened = {column for column, how in made.items() if how == ("open", None)}
    assert {column for column in made if column in KINDS[kind]["columns"]} == opened
    assert {how for column, how in made.items() if column not in opened} <= {("closed", "decision")}


def test_every_column_is_tried_but_those_that_name_the_line() -> None:
    assert set(AFTER) == set(NAMES) - {"shipment_id", "line_number"}
    assert {column.name for column in LINE if not column.reopens} == {"shipment_id", "line_number"}


@pytest.mark.parametrize("stage", ADDED, ids=[stage.folder.name for stage in ADDED])
def test_what_other_records_add_is_declared_with_the_columns_by_which_they_are_found_and_weighed(stage) -> None:
    """`aes_state` is told by what `match/` found."""
    folder = stage.folder if stage.steps != ("aes_state_facts",) else TREE / "match" / "sql"
    text = "\n".join(read_sql(path) for path in folder.glob("*.sql"))
    text = re.sub(r"--.*", "", text)
    read = {name for name in NAMES if re.search(rf"\b(?:l|p)?\.?{name}\b", text)} - {"shipment_id", "line_number"}
    declared = {one for fact in facts_by("records").values() if fact.by == stage.folder.name for one in fact.columns}
    # filings have columns of the same names, by which several filing lines of one line are told apart
    assert read - declared <= ({"origin_df", "value_usd", "eccn"} if folder.name == "sql" else set())
    assert declared <= read


def test_every_fact_that_a_family_reads_reopens() -> None:
    assert [name for name, fact in all_facts().items() if not fact.reopens] == []
