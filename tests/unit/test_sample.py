"""The committed sample is what its generator writes, and holds what the rules need to be seen at work."""

import csv
import re
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.sample import dirt
from data.sample.catalog import COLUMNS, FILED
from data.sample.filings import true_itn
from data.sample.generate import HERE, clean_rows, daily, filings, generate, history, write_csv
from data.sample.items import item_master
from data.sample.shown import NEVER_FLAGGED, NEVER_UNDETERMINED, NO_LINE
from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from flows.settings import RULES
from tests.support.homes import make_home
from tests.support.parquet import rows_of
from tests.support.shipped import shipped_rulebook
from transforms.compare.read import read_comparisons
from transforms.kinds import ITEMS
from transforms.rulebook.parameter import filled

OF_A_SHIPMENT = [
    "export_on", "tendered_on", "activity", "form", "consignee_name", "consignee_country", "destination",
    "shipped_from", "itn", "eei_exemption", "intermediate_consignee_name", "transport_mode", "conveyance",
    "port_of_export", "invoice_number",
]  # fmt: skip
BOOK, RECONCILING = shipped_rulebook(), read_comparisons(RULES)[0]
NAMED = (*BOOK.controls, *BOOK.ccl.rules_by_id, *BOOK.checks, BOOK.filing, *RECONCILING)
LAW = ["eccn", "destination", "activity", "license_code", "license_number", "exception_paragraph"]


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[pa.Table, Counter[str]]]:
    in_history, in_daily = Counter(), Counter()
    past = history(in_history)
    return {"history": (past, in_history), "daily-2026-11-20": (daily(past, in_daily), in_daily)}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return committed("history")


def committed(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def clean(lines: int, **options: object) -> pa.Table:
    return pa.concat_tables(generate(lines, seed=7, **options))


@pytest.mark.parametrize("name", ["history", "daily-2026-11-20"])
def test_regenerating_gives_the_committed_bytes(made, name, tmp_path):
    write_csv(iter([made[name][0]]), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (HERE / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "make", "names"), [("items", item_master, ITEMS.names), ("filings-2026", filings, FILED)]
)
def test_item_master_and_filings_are_made_again_byte_for_byte(name, make, names, tmp_path):
    write_csv(iter([make()]), tmp_path / "again.csv", names)
    assert (tmp_path / "again.csv").read_bytes() == (HERE / f"{name}.csv").read_bytes()
    assert list(committed(name)[0]) == list(names)


@pytest.mark.parametrize(("name", "lines"), [("history", 5_076), ("daily-2026-11-20", 199)])
def test_the_files_read_back_as_they_were_made_in_canonical_columns(made, name, lines):
    read = committed(name)
    assert list(read[0]) == list(COLUMNS)
    assert len(read) == lines
    assert read == made[name][0].to_pylist()
    assert b"\r" not in (HERE / f"{name}.csv").read_bytes()


def test_the_readme_counts_the_dirt_exactly(made):
    text = (HERE / "README.md").read_text(encoding="utf-8")
    told = {kind: (int(a), int(b)) for kind, a, b in re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", text, re.M)}
    in_history, in_daily = made["history"][1], made["daily-2026-11-20"][1]
    assert told == {kind: (in_history[kind], in_daily[kind]) for kind in {*dirt.KINDS, *in_daily}}
    by_hand = sum(row["shipment_id"].startswith("SC") for row in committed("history"))
    assert f"({by_hand} lines)" in text


def test_dirt_can_be_found_in_the_history(rows):
    def count(column: str, value: str) -> int:
        return sum(row[column] == value for row in rows if not row["shipment_id"].startswith("SC"))

    assert count("export_on", "2024-13-45") == 3
    assert count("value_usd", "12,5O0") == 3
    assert count("destination", "Freedonia") == 3
    assert count("shipment_id", "") == 3
    assert [count("eccn", text) for text in ("3.00E+101", "3a999", "EAR 99", " 2B999.J", "")] == [3] * 5
    assert count("destination", "Côte d'Ivoire") == 3
    assert sum(row["description"].startswith("=HYPERLINK(") for row in rows) == 3
    assert sum("<script>" in row["consignee_name"] for row in rows) == 3
    assert sum(row["export_on"].endswith(" 00:00:00") for row in rows) == 3
    assert len(rows) - len({tuple(row.values()) for row in rows}) == 3


def test_the_items_destinations_and_codes_of_every_rule_occur(rows):
    eccns, countries, codes = ({row[name] for row in rows} for name in ("eccn", "destination", "license_code"))
    assert {
        "1B999", "1B999.b", "2A992", "2A992.a", "2A992.b", "2B999", "2B999.g", "2B999.j", "2B999.h.2", "3A992",
        "3A992.g", "3A999", "3A999.b", "3A999.f", "6A996", "6A996.a", "3A069", "3A069.a", "3A069.b", "3E069", "EAR99",
        "2B350", "1C351", "3A991", "5A992",
    } <= eccns  # fmt: skip
    spoken_of = "PK CN HK MO TW IQ KP IR CU SY RU BY VE UA SD KH VN AF ZW LB SA IL AE QA EG LI MT CY GE AM KZ TR PR CA"
    assert set(spoken_of.split()) <= countries
    assert {f"C{n}" for n in (30, 32, 33, 35, 36, 37, 38, 40, 41, 42, 43, 44)} | {""} <= codes
    assert {"export", "reexport", "in_country_transfer"} == {row["activity"] for row in rows}
    assert {"2500.00", "2500.01"} <= {row["value_usd"] for row in rows}
    share = sum(row["eccn"] == "EAR99" for row in rows) / len(rows)
    assert 0.55 <= share <= 0.60


def test_3a069_is_recorded_from_its_first_day_only(rows):
    read = [row for row in rows if row["export_on"] != "2024-13-45"]
    drawn = [row for row in read if not row["shipment_id"].startswith("SC")]
    first = min(row["export_on"][:10] for row in drawn if row["eccn"].startswith(("3A069", "3E069")))
    late = [row for row in read if row["export_on"] >= "2025-01-16" and row["part_number"] in ("CYT-S5R", "CYT-SX")]
    assert "2025-01-16" <= first <= "2025-02-28"
    assert {"3A999", "EAR99"} <= {row["eccn"] for row in late}


def test_the_restated_lines_are_history_lines_with_one_value_changed(made):
    past = {(row["shipment_id"], row["line_number"]): row for row in committed("history")}
    again = [row for row in committed("daily-2026-11-20") if (row["shipment_id"], row["line_number"]) in past]
    changed = [
        [name for name in COLUMNS if row[name] != past[row["shipment_id"], row["line_number"]][name]] for row in again
    ]
    assert sorted(changed) == [[]] * 5 + [["eccn"]] * 3 + [["value_usd"]] * 3


def test_what_belongs_to_a_shipment_is_the_same_on_all_its_lines():
    table = clean(20_000)
    shipments = table.select(["shipment_id", *OF_A_SHIPMENT]).group_by(["shipment_id", *OF_A_SHIPMENT]).aggregate([])
    assert shipments.num_rows == len(table["shipment_id"].unique())
    sizes = Counter(table["shipment_id"].to_pylist())
    assert 1 <= min(sizes.values()) <= max(sizes.values()) <= 6


def test_without_dirt_every_drawn_row_reads_and_its_line_is_unique():
    table = clean(20_000)
    drawn = table.filter(pc.starts_with(table["shipment_id"], "SH"))
    without_code = pc.sum(pc.equal(drawn["license_code"], "")).as_py()  # one slip of paperwork, not dirt
    assert clean_rows(table).num_rows == drawn.num_rows - without_code


def test_an_itn_is_shared_by_two_shipments_only_where_reuse_is_meant():
    pairs = {(row["itn"], row["shipment_id"]) for row in clean(20_000).to_pylist() if len(row["itn"]) == 15}
    shared = [itn for itn, n in Counter(itn for itn, _ in pairs).items() if n > 1]
    assert 0 < len(shared) < 0.01 * len(pairs)


def test_an_itn_is_dated_by_its_export_or_soon_after_it_where_that_is_meant():
    late = 0
    for row in clean(20_000).to_pylist():
        if row["shipment_id"].startswith("SH") and re.fullmatch(r"X\d{14}", row["itn"]):
            days = (date.fromisoformat(row["export_on"]) - date.fromisoformat(row["itn"][1:9])).days
            assert -4 <= days <= 3
            late += days < 0 and row["filing_option"] != "4"
    assert 0 < late < 100


def test_a_schedule_b_number_and_its_unit_belong_to_the_part():
    sold = {(row["part_number"], row["schedule_b"], row["uom"]) for row in clean(20_000).to_pylist()
            if row["shipment_id"].startswith("SH")}  # fmt: skip
    assert len(sold) == len({part for part, _, _ in sold})
    assert len({(number, unit) for _, number, unit in sold}) == len({number for _, number, _ in sold})


def test_what_was_drawn_is_filed_or_exempt_as_the_law_wants_it_but_for_few_slips():
    sums, filed = Counter(), {}
    for row in clean(20_000).to_pylist():
        if row["shipment_id"].startswith("SH") and row["activity"] == "export" and row["form"] == "tangible":
            sums[row["shipment_id"], row["schedule_b"], row["origin_df"]] += float(row["value_usd"])
            is_cited = row["itn"] != "" or row["eei_exemption"].startswith("AES")
            filed[row["shipment_id"]] = row["destination"] == "CA" or is_cited
    unfiled = {shipment for (shipment, _, _), usd in sums.items() if usd > 2_500 and not filed[shipment]}
    assert 0 < len(unfiled) < 0.01 * len(filed)


def test_each_filing_is_of_a_shipment_save_the_few_that_are_meant_to_stand_alone(rows):
    lines = [*rows, *committed("daily-2026-11-20")]
    held = {true_itn(row) for row in lines if re.match(r"2026-\d\d-\d\d", row["export_on"])}
    assert 4 <= len({row["itn"] for row in committed("filings-2026")} - held) <= 12


def test_the_law_sees_few_combinations():
    table = clean(200_000)
    forms = pa.array([re.sub(r"\d", "#", number) for number in table["license_number"].to_pylist()])
    table = table.set_column(table.column_names.index("license_number"), "license_number", forms)
    assert table.select(LAW).group_by(LAW).aggregate([]).num_rows < 0.03 * 200_000


@pytest.mark.parametrize("lines", [1, 7, 999, 1_000, 300_001])
def test_as_many_lines_as_asked_within_the_window_in_whole_shipments(lines):
    tables = list(generate(lines, 3, date(2024, 12, 1), date(2025, 2, 28), 0.01))
    assert sum(table.num_rows for table in tables) == lines
    days = {day[:10] for table in tables for day in table["export_on"].to_pylist()} - {"2024-13-45"}
    assert "2024-12-01" <= min(days) <= max(days) <= "2025-02-28"
    ids = [set(table["shipment_id"].to_pylist()) - {""} for table in tables]
    assert sum(map(len, ids)) == len(set().union(*ids))


@pytest.fixture(scope="module")
def screened(tmp_path_factory) -> tuple[set[tuple[str, str]], list[str], float]:
    """Rule and outcome of the findings, all that was said on EEI, and the share of lines without a finding."""
    home = make_home(tmp_path_factory.mktemp("screened"))
    for name in ("history", "daily-2026-11-20", "items", "filings-2026"):
        ingest_file(home, HERE / f"{name}.csv", known_from=datetime(2026, 11, 21))
    done = screen_home(home, date(2026, 11, 22), datetime(2026, 11, 22))
    told = rows_of(done.report / "determinations.parquet", "distinct because", "where rule_kind = 'eei'")
    said = [text for (text,) in told]
    pairs = rows_of(done.report / "findings.parquet", "rule_id, outcome, source, shipment_id, line_number")
    found = {pair[2:] for pair in pairs if pair[2] == "line"}
    return {pair[:2] for pair in pairs}, said, 1 - len(found) / done.lines


@pytest.mark.parametrize("rule_id", sorted(rule.id for rule in NAMED))
def test_each_rule_has_a_finding_of_each_outcome_that_it_can_have(screened, rule_id):
    cannot = {"flagged": NEVER_FLAGGED, "undetermined": NEVER_UNDETERMINED}
    wanted = {outcome for outcome, rules in cannot.items() if rule_id not in rules}
    assert {outcome for found, outcome in screened[0] if found == rule_id} == wanted


@pytest.mark.parametrize("provision", BOOK.provisions, ids=lambda one: one.id)
def test_each_eei_provision_is_weighed_on_some_line(screened, provision):
    title = filled(provision.title, BOOK.parameters.names())
    told = [text for text in screened[1] if title in text or f"no EEI: 15 CFR {provision.paragraph}" in text]
    assert bool(told) == (provision.id not in NO_LINE)


def test_most_lines_have_no_finding(screened):
    assert screened[2] > 0.85
