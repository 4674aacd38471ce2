"""What a rule would have caught, from the lines of a home to the files of an answer."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from flows.jobs.impact import find_impact, months_before, open_past, what_if
from flows.settings import RULES, Home
from tests.support.impacts import YEAR, put, rows
from tests.support.lines import MONDAY, ingest
from transforms.errors import InputError
from transforms.store import open_store

GERMANY = {"destination": "DE", "consignee_country": "DE"}


def test_as_if_in_force_a_rule_catches_lines_of_before_its_start(home: Home) -> None:
    put(home, {}, {"eccn": "2B999"}, GERMANY, {"eccn": "EAR99"}, {"export_on": "2025-03-04"})
    found = find_impact(home, ["pakistan-rs"], **YEAR)
    assert rows(found) == {
        ("S1", "pakistan-rs"): ("out of scope", "flagged", "certain", "needs a license"),
        ("S2", "pakistan-rs"): ("out of scope", "undetermined", "possible", "needs a license"),
    }
    assert found.told["lines"] == {"certain": 1, "possible": 1}
    assert found.told["value_usd"] == {"certain": 100, "possible": 100}
    assert [one["field"] for one in found.told["fields"]] == ["eccn"]
    assert found.told["by_month"][0]["month"] == "2024-03"
    assert rows(find_impact(home, ["pakistan-rs"], **YEAR, as_dated=True)) == {}


def test_because_says_that_it_is_read_as_if_in_force(home: Home) -> None:
    put(home, {})
    frame = what_if(home, ["pakistan-rs"], **YEAR)
    assert list(frame["because"]) == [
        "3A992 to PK on 2024-03-04 requires a license (RS, effective 2024-12-26); recorded authority: C33 NLR."
        " Read as if in effect on that day; effective 2024-12-26."
    ]
    assert frame.attrs["impact"]["lines"] == {"certain": 1, "possible": 0}


def test_what_has_a_license_or_an_exception_that_stays_open_is_counted_apart(home: Home) -> None:
    put(
        home,
        {"license_code": "C30", "license_number": "D123456"},
        {"license_code": "C40", "license_number": "TMP", "exception_paragraph": "740.9(a)(1)"},
        {"license_code": "C40", "license_number": "TMP", "exception_paragraph": "740.9(a)(2)"},
        {"license_code": "C41", "license_number": "RPL"},
    )
    found = find_impact(home, ["pakistan-rs"], **YEAR)
    assert {key[0]: row[2:] for key, row in rows(found).items()} == {
        "S1": (None, "already authorized"), "S2": (None, "exception serves"),
        "S3": ("certain", "loses an exception"), "S4": ("possible", "loses an exception"),
    }  # fmt: skip
    told = found.told
    assert told["lines"] == {"certain": 1, "possible": 1} == told["questions"]["exception"]["lines"]
    assert told["questions"]["already_authorized"]["lines"]["certain"] == 1
    assert [(one["symbol"], one["lines"]) for one in told["exceptions"] if one["is_claimed"]] == [("TMP", 1)]
    assert {one["symbol"] for one in told["exceptions"] if not one["is_claimed"]} == {"TMP", "RPL", "GOV"}


def test_a_license_that_is_needed_brings_eei(home: Home) -> None:
    put(home, {"itn": "", "eei_exemption": "30.37(a)"})
    found = find_impact(home, ["pakistan-rs"], **YEAR)
    assert rows(found)["S1", "eei-filing"] == ("clear", "flagged", "certain", "needs EEI")
    assert found.told["lines"] == {"certain": 1, "possible": 0}  # one line, two rules
    assert found.told["questions"]["eei"]["lines"]["certain"] == 1


def test_a_provision_of_filing_and_a_check_can_be_asked_about(home: Home) -> None:
    put(home, {"eccn": "3A069", "itn": "", "eei_exemption": "30.37(a)", "destination": "AE", "consignee_country": "AE"},
        {"eccn": "3A999", "description": "Flow cytometer", "destination": "CN", "consignee_country": "CN"})  # fmt: skip
    provision = rows(find_impact(home, ["trigger-3a069-group-d"], **YEAR))
    assert provision["S1", "eei-filing"][0] == "clear"
    assert provision["S1", "eei-filing"][1] == "flagged"
    check = rows(find_impact(home, ["stale-classification"], **YEAR))
    assert check == {("S2", "stale-classification"): ("out of scope", "undetermined", "possible", "record in question")}


def test_savings_are_settled_at_the_real_dates_and_save_nothing_as_if_in_force(home: Home) -> None:
    day = {"first_day": date(2025, 1, 1), "last_day": date(2025, 3, 31)}
    late = {"eccn": "3A069", "destination": "CN", "consignee_country": "CN", "export_on": "2025-02-03"}
    put(home, late | {"tendered_on": "2025-01-16"}, late | {"tendered_on": "2025-01-17"}, late | {"tendered_on": ""})
    dated = rows(find_impact(home, ["lab-equipment-ns"], **day, as_dated=True))
    assert {key[0]: row[2] for key, row in dated.items()} == {"S1": None, "S2": "certain", "S3": "possible"}
    assert {row[2] for row in rows(find_impact(home, ["lab-equipment-ns"], **day)).values()} == {"certain"}
    assert dated["S1", "lab-equipment-ns"][3] == "saved"


def test_what_may_be_of_the_new_entry_is_possible_and_what_its_record_proves_is_certain(home: Home) -> None:
    to = {"destination": "CN", "consignee_country": "CN"}
    put(home, to | {"eccn": "3A999", "description": "Flow cytometer"}, to | {"eccn": "3A999", "description": "Lamp"},
        to | {"eccn": "3A999", "description": "Instrument", "part_number": "P-2"}, to | {"eccn": "3A999.c"},
        to | {"eccn": "3A999.f"})  # fmt: skip
    item = {"part_number": "p-2", "eccn": "3A999", "valid_from": "", "valid_until": "", "detectors": "30",
            "spectral": "N", "top_down_proteomics": "N", "fda_device": "N"}  # fmt: skip
    ingest(home, "items", MONDAY, item)
    found = find_impact(home, ["lab-equipment-ns"], **YEAR)
    assert {key[0]: row[1:3] for key, row in rows(found).items()} == {
        "S1": ("undetermined", "possible"), "S3": ("flagged", "certain"), "S5": ("undetermined", "possible"),
    }  # fmt: skip
    assert [(one["rank"], one["evidence"]) for one in found.told["parts_to_confirm"]] == [
        (1, "item record: 30 detectors"), (3, "paragraph 3A999.f"), (4, "description: flow cytometer"),
    ]  # fmt: skip


def test_without_says_what_a_rule_costs_at_its_real_dates(home: Home) -> None:
    put(home, {}, {"export_on": "2025-06-02", "tendered_on": "2025-06-01", "itn": "X20250601123456"})
    found = find_impact(home, without=["pakistan-rs"], first_day=date(2024, 1, 1), last_day=date(2025, 12, 31))
    assert set(rows(found)) == {("S2", "pakistan-rs")}


def test_two_rulebooks_are_compared_by_what_differs(home: Home, tmp_path: Path) -> None:
    put(home, {}, {"export_on": "2025-06-02", "tendered_on": "2025-06-01", "itn": "X20250601123456"})
    period = {"first_day": date(2024, 1, 1), "last_day": date(2025, 12, 31)}
    assert find_impact(home, [str(RULES)], **period).told["lines"] == {"certain": 0, "possible": 0}
    older = tmp_path / "rules-2024"
    shutil.copytree(RULES, older)
    shutil.rmtree(older / "controls" / "pakistan-rs")
    more = find_impact(home, [str(RULES)], baseline=older, **period)
    assert set(rows(more)) == {("S2", "pakistan-rs")}
    less = find_impact(home, [str(older)], **period)
    assert rows(less) == {("S2", "pakistan-rs"): ("flagged", "out of scope", None, "relieved")}
    assert less.told["questions"]["relieved"]["lines"] == {"certain": 1, "possible": 0}


def test_the_pakistan_rule_is_copied_three_fields_are_changed_and_it_runs(home: Home, tmp_path: Path) -> None:
    put(home, {}, {"destination": "TR", "consignee_country": "TR"})
    draft = tmp_path / "drafts" / "turkey"
    shutil.copytree(RULES / "controls" / "pakistan-rs", draft)
    text = (draft / "rule.yml").read_text(encoding="utf-8")
    text = (
        text.replace("id: pakistan-rs", "id: turkey-rs")
        .replace("[PK]", "[TR]")
        .replace("from: 2024-12-26", "from: 2027-01-01")
    )
    (draft / "rule.yml").write_text(text, encoding="utf-8")
    for rule in (draft, draft / "rule.yml", draft.parent):
        assert set(rows(find_impact(home, [str(rule)], **YEAR))) == {("S2", "turkey-rs")}


def test_a_draft_of_an_id_that_is_in_force_is_set_against_it(home: Home, tmp_path: Path) -> None:
    day = {"export_on": "2025-06-02", "itn": "X20250601123456"}
    put(home, day | {"tendered_on": "2025-06-01"}, day | {"eccn": "3A991"})
    draft = tmp_path / "wider"
    shutil.copytree(RULES / "controls" / "pakistan-rs", draft)
    text = (draft / "rule.yml").read_text(encoding="utf-8").replace("[1B999,", "[3A991, 1B999,")
    (draft / "rule.yml").write_text(text, encoding="utf-8")
    found = find_impact(home, [str(draft)], first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))
    assert set(rows(found)) == {("S2", "pakistan-rs")}


def test_the_same_question_gives_the_same_bytes_and_the_home_is_only_read(home: Home) -> None:
    put(home, {}, {"eccn": "2B999"})
    before = home.database.read_bytes()
    first = find_impact(home, ["pakistan-rs"], **YEAR)
    content = {path.name: path.read_bytes() for path in first.report.iterdir()}
    assert set(content) == {"impact.html", "impact.parquet", "impact.json", "impact.xlsx"}
    with open_store(home.database, read_only=True):  # another reader does not stand in the way
        again = find_impact(home, ["pakistan-rs"], **YEAR)
    assert {path.name: path.read_bytes() for path in again.report.iterdir()} == content
    assert home.database.read_bytes() == before
    others = {find_impact(home, ["pakistan-rs"], **YEAR, as_dated=True).report, first.report,
              find_impact(home, ["iraq-rs"], **YEAR).report}  # fmt: skip
    assert len(others) == 3


def test_a_workbook_that_was_filled_in_is_kept(home: Home) -> None:
    put(home, {})
    book = find_impact(home, ["pakistan-rs"], **YEAR).report / "impact.xlsx"
    book.write_bytes(b"filled in by hand")
    find_impact(home, ["pakistan-rs"], **YEAR)
    assert (book.parent / "impact-edited-1.xlsx").read_bytes() == b"filled in by hand"
    find_impact(home, ["pakistan-rs"], **YEAR)
    assert len(list(book.parent.glob("*.xlsx"))) == 2


def test_no_cell_of_the_workbook_becomes_a_formula(home: Home) -> None:
    put(home, {"consignee_name": "=1+1", "description": "+cmd|' /C calc'!A0", "part_number": "@SUM(A1)"})
    book = find_impact(home, ["pakistan-rs"], **YEAR).report / "impact.xlsx"
    import zipfile

    with zipfile.ZipFile(book) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert sheets and not any(b"<f>" in sheet for sheet in sheets)
    names = python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Consignees").to_python()
    assert names[1][0] == "=1+1"


def test_a_past_that_is_held_open_answers_again_and_again(home: Home) -> None:
    put(home, {}, {"eccn": "3A999", "description": "Flow cytometer", "destination": "CN", "consignee_country": "CN"})
    with open_past(home, *YEAR.values()) as past:
        assert past.ask(["lab-equipment-ns"]).turned == {"certain": 0, "possible": 1}
        assert past.ask(["pakistan-rs"]).turned == {"certain": 1, "possible": 0}
        assert past.ask(["stale-classification"]).turned == {"certain": 0, "possible": 1}
        assert past.ask(["lab-equipment-ns"]).turned == {"certain": 0, "possible": 1}
        assert past.rows().num_rows == 1


@pytest.mark.parametrize(
    ("rules", "options", "says"),
    [
        (["pakistan"], {}, 'did you mean "pakistan-rs"'),
        (["value-differs"], {}, "not a rule of the rulebook"),
        ([], {}, "no rule is named"),
        (["pakistan-rs"], {"without": ["iraq-rs"]}, "--without: do not combine it with RULE"),
        ([], {"without": ["nothing"]}, "nothing: not a rule of the rulebook"),
        (["pakistan-rs", str(RULES)], {}, "a whole rulebook. Compare it alone"),
    ],
)
def test_what_cannot_be_asked_is_refused(home: Home, rules: list[str], options: dict[str, Any], says: str) -> None:
    put(home, {})
    with pytest.raises(InputError, match=says):
        find_impact(home, rules, **YEAR, **options)


def test_the_period_is_of_24_months_and_runs_forward(home: Home) -> None:
    assert months_before(date(2026, 11, 20), 24) == date(2024, 11, 21)
    assert months_before(date(2026, 2, 28), 24) == date(2024, 2, 29)
    put(home, {})
    with pytest.raises(InputError, match="after --to"):
        find_impact(home, ["pakistan-rs"], first_day=date(2025, 1, 1), last_day=date(2024, 1, 1))
