"""What speaks for a part being of the new entry: records that disagree, an engineer's word, and nothing at all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.impact import find_impact
from flows.jobs.ingest import ingest_file
from flows.settings import RULES, Home
from tests.support.impacts import YEAR, filled, put, rows
from tests.support.lines import LATER, MONDAY, TUESDAY, ingest
from tests.support.parquet import rows_of

RULE = "lab-equipment-ns"
TO = {"destination": "CN", "consignee_country": "CN", "eccn": "3A999", "description": "Instrument"}
ITEM = {"part_number": "P-1", "eccn": "", "valid_from": "", "valid_until": "", "detectors": "", "spectral": "",
        "top_down_proteomics": "", "fda_device": ""}  # fmt: skip
IS_ONE = ITEM | {"eccn": "3A069.a", "valid_until": "2025-05-31"}


def turned(home: Home) -> list[str | None]:
    return [row[2] for row in rows(find_impact(home, [RULE], **YEAR)).values()]


@pytest.mark.parametrize(
    "other",
    [
        {"eccn": "3A999", "valid_from": "2025-06-01"},
        {"valid_from": "2025-06-01", "fda_device": "Y"},
        {"valid_from": "2025-06-01", "detectors": "10", "spectral": "N", "top_down_proteomics": "N"},
    ],
    ids=["another ECCN since the split", "a device that the FDA has cleared", "below every threshold"],
)
def test_where_item_records_disagree_nothing_is_certain(home: Home, other: dict[str, str]) -> None:
    put(home, TO)
    ingest(home, "items", MONDAY, IS_ONE)
    assert turned(home) == ["certain"]
    ingest(home, "items", TUESDAY, IS_ONE, ITEM | other)
    assert turned(home) == ["possible"]


def test_a_record_of_a_source_that_tells_nothing_of_the_fda_still_speaks(home: Home) -> None:
    put(home, TO)
    ingest(home, "items", MONDAY, {"part_number": "P-1", "eccn": "3A999", "detectors": "30"})
    found = find_impact(home, [RULE], **YEAR)
    assert found.told["lines"] == {"certain": 0, "possible": 1}
    assert [one["evidence"] for one in found.told["parts_to_confirm"]] == ["item record: 30 detectors"]


def test_an_older_classification_does_not_speak_of_the_new_entry(home: Home) -> None:
    put(home, TO)
    ingest(home, "items", MONDAY, ITEM | {"eccn": "3A069.a", "valid_from": "2025-01-16"},
           ITEM | {"eccn": "3A999", "valid_until": "2025-01-15"})  # fmt: skip
    assert turned(home) == ["certain"]


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({"Confirmed ECCN": "3A999.f"}, []),
        ({"Confirmed ECCN": "3A999.f", "FDA device Y/N": "Y", "Detectors": 30}, []),
        ({"Confirmed ECCN": "3A999.f", "Valid from": ""}, []),
        ({"Confirmed ECCN": "3A069.a"}, ["certain"]),
        ({"Confirmed ECCN": "3A999.f", "Detectors": 30, "FDA device Y/N": "N"}, ["possible"]),
    ],
    ids=["none", "none, as it is a device", "none, without a day", "one", "none, with the detectors of one"],
)
def test_what_an_engineer_confirmed_goes_before_other_records(
    home: Home, tmp_path: Path, answer: dict[str, object], left: list[str]
) -> None:
    put(home, TO)
    ingest(home, "items", MONDAY, ITEM | {"detectors": "64", "spectral": "Y", "fda_device": "N"})
    found = find_impact(home, [RULE], **YEAR)
    assert found.told["lines"] == {"certain": 1, "possible": 0}
    book = filled(found.report / "impact.xlsx", tmp_path / "confirmed.xlsx", {"P-1": answer})
    ingest_file(home, book, known_from=LATER)
    assert turned(home) == left


@pytest.mark.parametrize(
    "word",
    ["TBD", "3A999 or 3A069", "3A069?", "3A069, paragraph to be confirmed"],
)  # fmt: skip
def test_what_is_no_eccn_confirms_nothing(home: Home, tmp_path: Path, word: str) -> None:
    put(home, TO | {"description": "Flow cytometer"}, TO | {"part_number": "P-2", "description": "Flow cytometer"})
    book = find_impact(home, [RULE], **YEAR).report / "impact.xlsx"
    answers: dict[str, dict[str, object]] = {"P-1": {"Confirmed ECCN": word}, "P-2": {"Confirmed ECCN": "3A999.f"}}
    loaded = ingest_file(home, filled(book, tmp_path / "confirmed.xlsx", answers), known_from=LATER)
    assert (loaded.loaded, loaded.quarantined) == (1, 1)
    assert [problem.split(":")[1].split(";")[0].strip() for problem in loaded.problems] == ["not an ECCN"]
    assert turned(home) == ["possible"]


@pytest.mark.parametrize("schedule_b", ["", "n/a"])
def test_a_line_that_nothing_tells_of_is_possible(home: Home, schedule_b: str) -> None:
    put(home, TO | {"part_number": "", "description": "", "schedule_b": schedule_b})
    found = find_impact(home, [RULE], **YEAR)
    assert found.told["lines"] == {"certain": 0, "possible": 1}
    assert [one["rank"] for one in found.told["parts_to_confirm"]] == [6]


def test_a_provision_that_names_the_new_entry_looks_at_what_may_be_of_it(home: Home) -> None:
    put(home, {"eccn": "3A999", "destination": "KZ", "consignee_country": "KZ", "description": "Flow cytometer",
               "itn": "", "eei_exemption": "30.37(a)"})  # fmt: skip
    found = find_impact(home, ["trigger-3a069-group-d"], **YEAR)
    assert found.told["lines"] == {"certain": 0, "possible": 1}
    assert len(found.told["parts_to_confirm"]) == 1


def test_a_second_entry_of_a_split_is_no_second_row_and_borrows_no_proof(home: Home) -> None:
    splits = home.root / "rules" / "tables" / "splits.csv"
    shutil.copytree(RULES, home.root / "rules", dirs_exist_ok=True)
    line = splits.read_text(encoding="utf-8").splitlines()[1]
    splits.write_text(splits.read_text(encoding="utf-8") + line.replace("3A069", "3A070", 1) + "\n", encoding="utf-8")
    put(home, TO)
    ingest(home, "items", MONDAY, ITEM | {"eccn": "3A069.a"})
    found = find_impact(home, [RULE], **YEAR)
    assert len(rows_of(found.report / "impact.parquet")) == 1
    assert turned(home) == ["certain"]


@pytest.mark.long
def test_two_questions_never_share_a_name(home: Home) -> None:
    put(home, {}, {"export_on": "2025-06-02", "tendered_on": "2025-06-01"})
    period = {"first_day": date(2024, 1, 1), "last_day": date(2025, 12, 31)}
    asked: list[dict[str, Any]] = [
        {"rules": ["pakistan-rs"]}, {"rules": ["pakistan-rs"], "baseline": RULES}, {"without": ["pakistan-rs"]},
        {"rules": ["pakistan-rs"], "as_dated": True},
        {"rules": ["pakistan-rs"], "baseline": RULES, "as_dated": True},
    ]  # fmt: skip
    names = [find_impact(home, **one, **period).told["run_id"] for one in asked]
    assert len(set(names)) == len(asked)
