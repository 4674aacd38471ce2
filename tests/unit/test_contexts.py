"""What other records add to a line is made anew for each screening, as known at the moment asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.jobs.screen import Screened, screen_home
from flows.settings import Home
from tests.support.lines import FILING, LATER, LINE, MONDAY, TUESDAY, ingest
from tests.support.parquet import rows_of

DAY = date(2026, 11, 20)


def found(screened: Screened) -> dict[tuple[str, str], Any]:
    """Outcome and reason by shipment and rule."""
    rows = rows_of(screened.report / "findings.parquet", "shipment_id, rule_id, outcome, because")
    return {(row[0], row[1]): row[2:] for row in rows}


def outcomes(screened: Screened) -> dict[tuple[str, str], str]:
    return {key: value[0] for key, value in found(screened).items()}


def test_a_late_line_decides_its_whole_group_anew_and_a_past_moment_sees_the_group_as_it_was(home: Home) -> None:
    ingest(home, "first", MONDAY, LINE)
    assert outcomes(screen_home(home, DAY, MONDAY)) == {}
    before = (screen_home(home, DAY, MONDAY).report / "findings.parquet").read_bytes()
    ingest(home, "late", TUESDAY, LINE | {"shipment_id": "S2", "consignee_name": "BETA, gmbh", "value_usd": "500.01"})
    assert outcomes(screen_home(home, DAY)) == {("S1", "eei-filing"): "flagged", ("S2", "eei-filing"): "flagged"}
    # the very cent
    ingest(home, "restated", LATER, LINE | {"shipment_id": "S2", "consignee_name": "BETA, gmbh", "value_usd": "500.00"})
    assert outcomes(screen_home(home, DAY)) == {}
    assert set(outcomes(screen_home(home, DAY, TUESDAY))) == {("S1", "eei-filing"), ("S2", "eei-filing")}
    then = screen_home(home, DAY, MONDAY)
    assert rows_of(then.report / "findings.parquet") == []
    assert before == (then.report / "findings.parquet").read_bytes()


def test_filed_lines_count_in_the_sum_and_reexports_do_not(home: Home) -> None:
    filed = LINE | {"shipment_id": "S2", "value_usd": "600", "itn": "X20250302123456", "eei_exemption": ""}
    reexport = LINE | {"shipment_id": "S3", "value_usd": "9000", "activity": "reexport", "eei_exemption": ""}
    ingest(home, "lines", MONDAY, LINE, reexport)
    assert outcomes(screen_home(home, DAY)) == {}
    ingest(home, "more", TUESDAY, filed)
    assert outcomes(screen_home(home, DAY)) == {("S1", "eei-filing"): "flagged"}


def test_the_item_master_completes_a_coarse_eccn_as_known_and_as_valid_on_the_day(home: Home) -> None:
    coarse = LINE | {"eccn": "2B999", "destination": "PK", "consignee_country": "PK", "value_usd": "100"}
    item = {"part_number": "p-1", "eccn": "2B999.h.2", "valid_from": "2025-03-03", "valid_until": ""}
    ingest(home, "lines", MONDAY, coarse, coarse | {"shipment_id": "S2", "export_on": "2025-03-02"})
    assert outcomes(screen_home(home, DAY))[("S1", "pakistan-rs")] == "undetermined"
    ingest(home, "items", TUESDAY, item)
    now = outcomes(screen_home(home, DAY))
    assert ("S1", "pakistan-rs") not in now  # 2B999.h.2 is excluded
    assert now[("S2", "pakistan-rs")] == "undetermined"  # not valid yet on that day
    assert outcomes(screen_home(home, DAY, MONDAY))[("S1", "pakistan-rs")] == "undetermined"
    ingest(home, "corrected", LATER, item | {"eccn": "2B999.j"})
    outcome, because = found(screen_home(home, DAY))[("S1", "pakistan-rs")]
    assert outcome == "flagged"
    assert "ECCN 2B999.j is from the item master; the line records 2B999." in because


def test_an_itn_that_aes_does_not_hold_is_no_filing_where_filings_cover_the_day(home: Home) -> None:
    line = LINE | {"itn": "X20250301000001", "eei_exemption": "", "value_usd": "9000"}
    ingest(
        home, "lines", MONDAY, line, line | {"shipment_id": "S2", "export_on": "2025-03-04", "itn": "X20250304000002"}
    )
    assert outcomes(screen_home(home, DAY)) == {}
    ingest(home, "filings", TUESDAY, FILING)
    now = found(screen_home(home, DAY))
    assert now[("S1", "eei-filing")][0] == "flagged"
    assert "the recorded ITN is not in the AES filings" in now[("S1", "eei-filing")][1]
    assert now[("S1", "shipped-not-filed")][0] == "flagged"
    assert ("S2", "eei-filing") not in now  # no filings of that day are loaded
    assert outcomes(screen_home(home, DAY, MONDAY)) == {}


def test_filings_of_another_number_or_another_month_say_nothing_of_a_line(home: Home) -> None:
    line = LINE | {"itn": "X20250301000001", "eei_exemption": "", "value_usd": "9000"}
    ingest(
        home, "lines", MONDAY, line, line | {"shipment_id": "S2", "export_on": "2025-02-10", "itn": "X20250210000002"}
    )
    ingest(home, "theirs", TUESDAY, FILING | {"usppi_id": "99999999900"})
    ingest(home, "january", TUESDAY, FILING | {"itn": "X20250110000001", "export_on": "2025-01-10"})
    assert {key for key, _ in outcomes(screen_home(home, DAY))} & {"S1", "S2"} == set()
    ingest(home, "ours", LATER, FILING | {"itn": "X20250303000009", "usppi_id": "12-3456789 00"})
    assert outcomes(screen_home(home, DAY))[("S1", "eei-filing")] == "flagged"


def test_an_itn_in_the_exemption_field_is_one(home: Home) -> None:
    line = LINE | {"itn": "", "eei_exemption": "AES X20250302123456", "value_usd": "9000"}
    ingest(home, "lines", MONDAY, line)
    assert outcomes(screen_home(home, DAY)) == {}
    ingest(home, "filings", TUESDAY, FILING | {"itn": "X20250303000009", "shipment_reference": "other"})
    assert outcomes(screen_home(home, DAY))[("S1", "eei-filing")] == "flagged"


def test_item_records_at_odds_on_the_fda_exclusion_leave_the_item_in_question(home: Home) -> None:
    line = LINE | {"eccn": "3A999", "description": "spectral cytometer", "value_usd": "900"}
    item = {"part_number": "P-1", "eccn": "3A999", "valid_from": "", "detectors": "40", "spectral": "Y",
            "top_down_proteomics": "N", "fda_device": "N"}  # fmt: skip
    ingest(home, "lines", MONDAY, line)
    ingest(home, "items", MONDAY, item)
    assert outcomes(screen_home(home, DAY))[("S1", "stale-classification")] == "flagged"
    ingest(
        home, "more", TUESDAY, item | {"valid_from": "2025-01-01", "detectors": "", "spectral": "", "fda_device": "Y"}
    )
    assert outcomes(screen_home(home, DAY))[("S1", "stale-classification")] == "undetermined"


def test_a_low_value_finding_says_what_its_lines_come_to(home: Home) -> None:
    ingest(home, "lines", MONDAY, LINE, LINE | {"shipment_id": "S2", "value_usd": "500.01"})
    _, because = found(screen_home(home, DAY))[("S1", "eei-filing")]
    assert because.endswith("$2,500.01 over 2 lines of the shipment.")
