"""What a decision was made on: the records of then, under the law of then, whatever reads them now."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.jobs.dispose import dispose, export_findings, import_decisions
from flows.settings import RULES, Home
from tests.support.desk import Desk, make_desk
from tests.support.office import CELLS, LATER, Office
from tests.support.sheets import fill, save
from transforms.cells.workbook import sheet_texts
from transforms.errors import InputError
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision
from transforms.ledger.sheet import SHEET

A, B, C = ({"shipment_id": one} for one in "ABC")
CLOSED, OPEN = ("closed", "decision", True), ("open", None, False)
LAYOUT = "id: {0}\ntitle: As {0} writes\ncolumns:\n" + "".join(f"  {name}: {name}\n" for name in CELLS)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office in which A, B and C were flagged and decided about; for tests that change nothing."""
    office = Office(make_desk(tmp_path_factory.mktemp("quiet")))
    office.take(A, B, C)
    office.screen()
    office.decide("authorized", *(office.finding(one) for one in "ABC"))
    return office


@pytest.fixture
def office(quiet: Office, tmp_path: Path) -> Office:
    """Return a copy of it, to work in."""
    shutil.copytree(quiet.desk.home.root, tmp_path / "home")
    return Office(Desk(Home(tmp_path / "home")), quiet.taken)


def read_otherwise_before(office: Office) -> None:
    """Make the last screening one that read the facts of every line otherwise: of the line, and of other records."""
    with duckdb.connect(str(office.desk.home.database)) as connection:
        connection.execute("delete from meta where key = 'ledger_reading'")
        connection.execute(
            "update ledger_situations set situation_id = 'old ' || situation_id, facts = map_from_entries("
            " list_transform(map_entries(facts), lambda one: {'key': one.key, 'value': case when one.key in"
            " ('license_number_form', 'item_eccn', 'signal') then 'as it was read' else one.value end}))"
        )
        connection.execute("update ledger set situation_id = 'old ' || situation_id, compared_hash = 1")


def test_facts_that_are_read_anew_open_nothing_and_what_is_restated_beside_them_does(office: Office) -> None:
    read_otherwise_before(office)
    office.take({**B, "consignee_name": "Beta"}, {**C, "license_code": "C32"})
    office.screen()
    assert [office.standing(one) for one in "ABC"] == [CLOSED, OPEN, OPEN]
    assert office.last_event("C")[2] == "license_code: C33 to C32"
    assert office.desk.rows("select count(*) from ledger where situation_id like 'old%'") == [(0,)]


def test_a_restatement_that_came_after_the_screening_and_before_the_decision_is_not_what_it_saw(office: Office) -> None:
    office.decide("reopen", *(office.finding(one) for one in "AB"))
    office.take({**A, "consignee_name": "Beta"})
    office.decide("authorized", *(office.finding(one) for one in "AB"))
    office.screen()
    assert [office.standing(one) for one in "AB"] == [OPEN, CLOSED]


def test_a_restatement_that_is_dated_before_the_last_screening_opens_what_was_decided(office: Office) -> None:
    ((moment,),) = office.desk.rows("select max(known_from) from batches")
    text = ",".join(CELLS) + "\n" + ",".join({**CELLS, **A, "consignee_name": "Beta"}.values()) + "\n"
    office.desk.take(text, "dated.csv", known_from=moment + timedelta(microseconds=1))
    office.screen()
    assert [office.standing(one) for one in "AB"] == [OPEN, CLOSED]
    assert office.last_event("A")[2] == "consignee_name: Acme Labs to Beta"


def test_a_line_that_is_restated_and_put_back_between_two_screenings_is_what_was_decided_on(office: Office) -> None:
    office.take({**A, "consignee_name": "Beta"})
    office.take({**A})
    office.screen()
    assert office.standing("A") == CLOSED


def test_a_decision_is_of_its_own_source_where_two_have_the_same_shipment(office: Office) -> None:
    for name in ("one", "two"):
        office.desk.add_layout(name, LAYOUT.format(name))
    text = ",".join(CELLS) + "\n" + ",".join({**CELLS, "shipment_id": "D"}.values()) + "\n"
    office.desk.take(text, "one.csv", "one")
    office.desk.take(text.replace("JFK", "LAX"), "two.csv", "two")
    office.screen()
    found = dict(office.desk.rows("select source, finding_id from ledger where shipment_id = 'D' and rule_id"
                                    " = 'pakistan-rs'"))  # fmt: skip
    office.decide("authorized", found["one"])
    office.desk.take(text.replace("Acme", "Beta"), "two-again.csv", "two")
    office.screen()
    how = "select source, state from ledger where shipment_id = 'D' and rule_id = 'pakistan-rs' order by 1"
    assert office.desk.rows(how) == [("one", "closed"), ("two", "open")]
    office.desk.take(text.replace("Acme", "Beta"), "one-again.csv", "one")
    office.screen()
    assert office.desk.rows(how) == [("one", "open"), ("two", "open")]


def rule_of(office: Office) -> Path:
    """Give the home a rulebook of its own, and return the rule."""
    shutil.copytree(RULES, office.desk.home.root / "rules", dirs_exist_ok=True)
    return office.desk.home.root / "rules" / "controls" / "pakistan-rs" / "rule.yml"


def reword(rule: Path, old: str, new: str) -> None:
    text = rule.read_text(encoding="utf-8")
    assert old in text
    rule.write_text(text.replace(old, new), encoding="utf-8")


def stand(office: Office, shipment: str) -> None:
    """Decide about the situation of a shipment under the rule, for lines yet to come too."""
    ((situation,),) = office.desk.rows(
        f"select situation_id from ledger where shipment_id = '{shipment}' and rule_id = 'pakistan-rs'"
    )
    decision = Decision("authorized", "covered", "", LATER)
    choice = Choice(situation_id=situation, rule_id="pakistan-rs")
    dispose(office.desk.home, choice, decision, "Ada", standing=True, is_sure=True)


def test_a_list_of_the_rule_that_says_the_same_of_the_line_leaves_what_stands(office: Office) -> None:
    office.decide("reopen", office.finding("A"))
    stand(office, "A")
    reword(rule_of(office), "3A992, ", "")
    office.take({"shipment_id": "D"}, {"shipment_id": "E", "eccn": "3A992"})
    office.screen()
    assert [office.standing(one) for one in "AD"] == [CLOSED] * 2
    assert office.desk.rows("select count(*) from ledger where shipment_id = 'E' and rule_id = 'pakistan-rs'") == [(0,)]


def test_another_reason_of_the_law_opens_what_was_decided_and_what_stands_closes_nothing_more(office: Office) -> None:
    exception = {"license_code": "C40", "license_number": "TMP"}
    office.take({"shipment_id": "D", **exception})
    office.screen()
    assert office.desk.rows("select outcome, answer from ledger where shipment_id = 'D' and rule_kind = 'control'") == [
        ("undetermined", "exception-paragraph")
    ]
    stand(office, "D")
    rule = rule_of(office)
    (paragraphs,) = re.findall(r"TMP:\n +paragraphs: .*\n", rule.read_text(encoding="utf-8"))
    reword(rule, paragraphs, "TMP: {own_terms: true}\n")
    office.take({"shipment_id": "E", **exception})
    office.screen()
    assert [office.standing(one) for one in "ADE"] == [CLOSED, OPEN, OPEN]
    assert office.last_event("D")[1] == "rule changed"


def test_a_sheet_about_a_line_that_was_restated_since_is_stale(office: Office, tmp_path: Path) -> None:
    office.decide("reopen", *(office.finding(one) for one in "AB"))
    path = tmp_path / "sheet.xlsx"
    export_findings(office.desk.home, Choice(rule_id="pakistan-rs"), path)
    cells = list(sheet_texts(path, SHEET, "."))
    for row in (2, 3):
        fill(cells, row)
    office.take({**A, "consignee_name": "Beta"})
    office.screen()
    with pytest.raises(InputError, match=r"row 2: stale: the finding changed"):
        import_decisions(office.desk.home, save(path, cells), "Ada")
    assert [office.standing(one) for one in "AB"] == [OPEN] * 2
