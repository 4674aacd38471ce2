"""What a cell says for certain is read, whatever stands around it; all else stays as it came."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from flows.settings import RULES
from transforms.ingest.forms import load_forms

ITN = "X20261102000003"


@pytest.fixture
def read(memory):
    load_forms(memory, RULES / "tables")

    def ask(macro: str, *cells: Any) -> Any:
        return memory.execute(f"select {macro}", list(cells)).fetchone()[0]

    return ask


@pytest.mark.parametrize("cell", [
    ITN, "X20261102000003 SS", "AES ITN X20261102000003", "AES X20261102000003", "AES: X20261102000003",
    "ITN: X20261102000003", "ITN# X20261102000003", "ITN NO. X20261102000003", "AES ITN: X20261102000003 SS",
    "X2026 1102 000003", "X2026-1102-000003", "x20261102000003", "X20261102000003.", "(X20261102000003)",
    "AES\u00a0X20261102000003", "X2026\u00a01102\u2009000003", "AESX20261102000003", "ITNX20261102000003",
    "X20261102000003 / X20261102000003", "Proof of filing: AES X20261102000003", "X2026\u20111102\u2011000003",
])  # fmt: skip
def test_an_itn_is_read_out_of_what_stands_around_it(read, cell) -> None:
    assert read("read_itn(?)", cell) == ITN
    assert read("read_exemption(?)", cell) == ITN


@pytest.mark.parametrize("cell", [
    "X20261102000003 X20261102000004", "X2026110200000", "X202611020000031", "X20261102OOOOO3", "20261102000003",
    "CANCELED X20261102000003", "X20261102000003 OLD", "XX20261102000003", "SRN-2026-0031", "AES", "X20261102000003-1",
    "X20261102000003 2",
])  # fmt: skip
def test_what_is_no_single_itn_stays_as_it_came(read, cell) -> None:
    assert read("read_itn(?)", cell) == cell


@pytest.mark.parametrize(("cell", "found"), [
    ("AESPOST 12345678912 03/03/2025", "AESPOST 12345678912 03/03/2025"),
    ("aespost 12-3456789-00  3/3/2025", "AESPOST 12-3456789-00 03/03/2025"),
    ("AES POST 12345678912-987654321 03/03/2025", "AESPOST 12345678912-987654321 03/03/2025"),
    ("AESDOWN: 123456789, 2025-03-03.", "AESDOWN 123456789 03/03/2025"),
    ("aespost 12345678912", "AESPOST 12345678912"),
    ("AESPOST 03/03/2025", "AESPOST 03/03/2025"),
    ("AESPOST 12345678912 3.4.2025", "AESPOST 12345678912 3.4.2025"),
])  # fmt: skip
def test_a_citation_is_read_with_its_parts(read, cell, found) -> None:
    assert read("read_itn(?)", cell) == found
    assert read("read_exemption(?)", cell) == found


def test_a_legend_is_read_as_before(read) -> None:
    assert read("read_exemption(?)", "NOEEI 30.37 (a)") == "30.37(a)"
    assert read("read_exemption(?)", None) is None
    assert read("read_exemption(?)", "") == ""


@pytest.mark.parametrize(("cell", "found"), [
    ("EAR99", "EAR99"), ("ear99", "EAR99"), ("EAR 99", "EAR99"), ("EAR-99", "EAR99"), ("EAR99.", "EAR99"),
    ("3A999f", "3A999.f"), ("3A999F", "3A999.f"), ("3A999.F", "3A999.f"), ("3A999 f", "3A999.f"),
    ("3A 999.f", "3A999.f"), ("3A999(f)", "3A999.f"), ("2B999h2", "2B999.h.2"), ("2B999.h2", "2B999.h.2"),
    ("3a001.b.12.a", "3A001.b.12.a"), ("ECCN 3A999", "3A999"), ("ECCN: 5A992.c", "5A992.c"), ("ECCN EAR99", "EAR99"),
    ("EAR99 NLR", "EAR99"), ("EAR99/NLR", "EAR99"), ("NLR - EAR99", "EAR99"), ("3A999f NLR", "3A999.f"),
])  # fmt: skip
def test_an_eccn_is_read_as_the_ccl_writes_it(read, cell, found) -> None:
    assert read("read_eccn(?, true)", cell) == found


@pytest.mark.parametrize("cell", [
    "Not listed", "N/A", "NA", "none", "-", "TBD", "unknown", "3A99", "3A9999", "3A999 9", "3F001", "3.00E+101",
    "3A999 / EAR99", "3A999xyz", "NLR", "XI(C)", "EAR99 or 3A999", "",
])  # fmt: skip
def test_what_is_no_eccn_stays_as_it_came(read, cell) -> None:
    assert read("read_eccn(?, true)", cell) == cell


def test_nlr_beside_an_eccn_is_left_where_the_license_cells_say_otherwise(read) -> None:
    assert read("read_eccn(?, false)", "EAR99 NLR") == "EAR99 NLR"


LICENSES = {
    ("C33", "NLR"): None, ("C30", "D123456"): None, ("", ""): None, (None, None): None, ("C30", "NLR"): None,
    ("C33 NLR", ""): ["C33", "NLR"], ("C33/NLR", None): ["C33", "NLR"], ("C33 - NLR", "NLR"): ["C33", "NLR"],
    ("C33-NLR", ""): ["C33", "NLR"], ("c33 nlr", ""): ["C33", "NLR"], ("NLR", ""): ["", "NLR"],
    ("LVS", None): ["", "LVS"], ("C30 D123456", ""): ["C30", "D123456"], ("D123456", ""): ["", "D123456"],
    ("", "C33 NLR"): ["C33", "NLR"], (None, "C33 NLR"): ["C33", "NLR"], ("", "C33"): ["C33", ""],
    ("C54 SS-WRC", ""): ["C54", "SS-WRC"], ("C33 NLR", "D123456"): None, ("C30", "C33 NLR"): None,
    ("NLR", "D123456"): None, ("S00", "123.4(a)"): None, ("C30", "D12345"): None, ("C33 XYZ", ""): None,
}  # fmt: skip


@pytest.mark.parametrize(("cells", "found"), LICENSES.items())
def test_a_license_cell_may_hold_what_belongs_into_two(read, cells, found) -> None:
    shared = "(select shared_license(?::varchar, ?::varchar, codes, symbols) from license_forms)"
    assert read(shared, *cells) == found


FORMS = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %I:%M %p"]


@pytest.mark.parametrize(("cell", "zone", "day"), [
    ("2024-12-25T22:00:00-05:00", "", "2024-12-25"), ("2024-12-25 22:00:00-05:00", "", "2024-12-25"),
    ("2024-12-25T22:00:00.123456-05:00", "", "2024-12-25"), ("2024-12-25T02:00:00+0530", "", "2024-12-25"),
    ("2024-12-25T22:00 GMT-05:00", "", "2024-12-25"), ("12/25/2024 10:00 PM -0500", "", "2024-12-25"),
    ("2024-12-25T22:00:00-05:00", "Asia/Kolkata", "2024-12-25"), ("2024-12-25T22:00:00.000", "", "2024-12-25"),
    ("2024-12-25T00:00:00Z", "", "2024-12-25"), ("2024-12-25T00:00:00.000Z", "", "2024-12-25"),
    ("2024-12-25 00:00:00+00:00", "", "2024-12-25"), ("2024-12-25T18:30:00.000Z", "Asia/Kolkata", "2024-12-26"),
    ("2024-12-25T18:29:59Z", "Asia/Kolkata", "2024-12-25"), ("2024-12-26T03:00:00Z", "America/New_York", "2024-12-25"),
    ("2024-12-25T18:30:00.000Z", "", None), ("2024-12-25T00:00:00.001Z", "", None),
    ("2024-12-25T18:30:00+00:00", "", None), ("2024-13-25T18:30:00-05:00", "", None), ("22:00:00", "", None),
])  # fmt: skip
def test_a_moment_is_of_the_day_that_is_written_or_of_the_stated_zone(read, cell, zone, day) -> None:
    assert read("read_date(?, ?::varchar[], ?)::varchar", cell, FORMS, zone) == day


@pytest.mark.parametrize(("cell", "zone", "day"), [
    ("11/04/2026 10:00 PM", "", "2026-11-04"), ("11/04/2026 10:00PM", "", "2026-11-04"),
    ("11/04/2026 12:30:01 AM", "", "2026-11-04"), ("11/04/2026 22:00", "", "2026-11-04"),
    ("11/04/2026T22:00:01", "", None), ("11/04/2026 9:05 EST", "", "2026-11-04"),
    ("11/05/2026 01:00 AM Z", "America/New_York", "2026-11-04"), ("11/05/2026 12:00 AM Z", "", "2026-11-05"),
    ("11/05/2026 01:00 AM Z", "", None), ("11/04/2026 13:00 PM", "", None), ("11/04/2026 25:00", "", None),
    ("13/04/2026 10:00", "", None), ("11/04/2026 10", "", None), ("04.11.2026 10:00", "", None),
])  # fmt: skip
def test_a_form_of_a_day_reads_it_beside_a_time_too(read, cell, zone, day) -> None:
    assert read("read_date(?, ?::varchar[], ?)::varchar", cell, ["%m/%d/%Y"], zone) == day


def test_a_form_with_the_month_last_reads_no_iso_moment(read) -> None:
    assert read("read_date(?, ?::varchar[], ?)::varchar", "2026-04-11T10:00", ["%Y-%d-%m"], "") is None


def test_only_a_readable_moment_in_utc_asks_for_a_time_zone(read) -> None:
    def code(cell, zone=""):
        return read("no_date('export_on', ?, ?::varchar[], ?).code", cell, FORMS, zone)

    assert code("2024-12-25T18:30:00Z") == "time-zone-not-stated"
    assert code("2024-13-25T18:30:00Z") == code("soon") == code("soon", "Asia/Kolkata") == "not-a-date"


@pytest.mark.parametrize(("cell", "decimal", "number"), [
    ("100-", ".", "-100"), ("1,250.00-", ".", "-1250"), ("1.250,00-", ",", "-1250"), ("(100.00)", ".", "-100"),
    ("($1,250.00)", ".", "-1250"), ("1'250.50", ".", "1250.5"), ("1’250’000", ".", "1250000"),
    ("1 250,50", ",", "1250.5"),
    ("1\u00a0250,50", ",", "1250.5"), ("1\u202f250", ".", "1250"), ("-1'250", ".", "-1250"), ("12 - 34", ".", None),
    ("1'25", ".", None), ("12 345 6", ".", None), ("(12", ".", None), ("--5", ".", None), ("5 pcs", ".", None),
    ("1 250", "", "1250"), ("1'250,50", "", None), ("1'250,50", ",", "1250.5"),
])  # fmt: skip
def test_a_number_is_read_as_ledgers_and_lists_print_it(read, cell, decimal, number) -> None:
    found = read("read_amount(?, ?)", cell, decimal)
    assert found == (None if number is None else Decimal(number))


@pytest.mark.parametrize(("cell", "forms", "day"), [
    ("45000", ["serial"], "2023-03-15"), ("45000.75", ["serial"], "2023-03-15"), ("45000,5", ["serial"], "2023-03-15"),
    ("45000", ["%Y-%m-%d"], None), ("450000", ["serial"], None), ("4500", ["serial"], None),
    ("2023-03-15", ["serial", "%Y-%m-%d"], "2023-03-15"), ("00000000", ["%Y%m%d"], None),
    ("00.00.0000", ["%d.%m.%Y"], None),
])  # fmt: skip
def test_a_day_that_a_spreadsheet_counts_is_read_where_the_layout_says_so(read, cell, forms, day) -> None:
    assert read("read_date(?, ?, '')::varchar", cell, forms) == day


@pytest.mark.parametrize(("cell", "is_blank"), [
    ("", True), ("00000000", True), ("00.00.0000", True), ("0000-00-00", True), ("0000-00-00 00:00:00", True),
    ("00010101", False), ("0", False), ("2025-00-00", False),
])  # fmt: skip
def test_a_date_of_zeros_is_none(read, cell, is_blank) -> None:
    assert read("is_blank_date(?)", cell) is is_blank


def test_a_last_day_in_the_year_9999_is_none(read) -> None:
    ends = ["31.12.9999", "99991231", "9999-12-31", "9999-12-31 00:00:00", "12/31/9999", ""]
    assert [read("is_open_end(?)", cell) for cell in ends] == [True] * len(ends)
    assert read("is_open_end(?)", "31.12.2099") is False
