"""The dated legal tables under `rules/tables/`: whole, dated, cited, and at one with each other."""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import duckdb
import pytest

from transforms.content import read_yaml

TABLES = Path(__file__).parents[2] / "rules" / "tables"
SCMS = TABLES.parents[2] / "shared" / "data" / "scms" / "SCMS_Delivery_History_Dataset.csv"
CHART_MARKS = "CB1 CB2 CB3 NP1 NP2 NS1 NS2 MT1 RS1 RS2 FC1 CC1 CC2 CC3 AT1 AT2"
EMBARGOED = {"CU", "IR", "KP", "SY"}
CC2_NOW = "AM AZ BY FJ GE IQ KG KH KZ LA MD ME MN RS RU RW TJ TM UA UZ VN XK"
D5_NOW = "AF BY MM CF CN CD CU ER HT IR IQ KP LB LY NI RU SO SS SD SY VE ZW"
KEYS = {
    "country_chart.csv": ("iso2",),
    "country_groups.csv": ("iso2", "group"),
    "treated_as.csv": ("iso2", "tables"),
    "license_codes.csv": ("code",),
    "eccns.csv": ("eccn",), "splits.csv": ("from_eccn", "to_eccn"),
    "filing_status.csv": ("word",),
}
ORDER = {"country_names.csv": ("name",), "signals.csv": ("signal", "pattern"), "units.csv": ("spelling",)}
ORDER |= {"name_words.csv": ("spelling",), "item_facts.csv": ("fact",), "headings.csv": ("list", "heading")} | KEYS
ORDER |= {"party_words.csv": ("spelling", "kind"), "supplement_2.csv": ("eccn",)}
ALL_FILES = sorted([*ORDER, "currencies.csv"])
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def span(row: Row) -> tuple[date, date]:
    return (
        date.fromisoformat(row["from"]) if row["from"] else date.min,
        date.fromisoformat(row["until"]) if row["until"] else date.max,
    )


def overlap(one: Row, other: Row) -> bool:
    (from_a, until_a), (from_b, until_b) = span(one), span(other)
    return from_a <= until_b and from_b <= until_a


def on(day: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if span(row)[0] <= date.fromisoformat(day) <= span(row)[1]]


def members(group: str, day: str) -> set[str]:
    """The certain members: a row with a doubt is neither in nor out."""
    rows = on(day, rows_of("country_groups.csv"))
    return {row["iso2"] for row in rows if row["group"].startswith(group) and not row["doubt"]}


def fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return re.sub(r"\s+", " ", bare.upper().replace(".", ""), flags=re.ASCII).strip(" ")


def catalog() -> dict[str, dict]:
    content, faults = read_yaml(TABLES / "tables.yml", "rules/tables/tables.yml")
    assert not faults
    return {entry["file"]: entry for entry in content["tables"]}


@pytest.mark.parametrize("name", ALL_FILES)
def test_every_row_is_whole_and_names_its_source(name):
    for row in rows_of(name):
        assert None not in row and None not in row.values(), row
        assert row["source"], row
        assert not re.search(r"github|https?:", " ".join(row.values()), re.IGNORECASE), row


@pytest.mark.parametrize("name", ALL_FILES)
def test_files_end_lines_with_lf_and_cells_are_trimmed(name):
    raw = (TABLES / name).read_bytes()
    assert b"\r" not in raw and raw.endswith(b"\n") and not raw.startswith(b"\xef\xbb\xbf")
    assert all(cell == cell.strip() for row in rows_of(name) for cell in row.values())


@pytest.mark.parametrize("name", KEYS)
def test_dates_parse_and_run_forward(name):
    backwards = [row for row in rows_of(name) if span(row)[0] > span(row)[1]]
    assert backwards == []


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_no_two_rows_of_one_key_overlap(name, key):
    by_key = defaultdict(list)
    for row in rows_of(name):
        by_key[tuple(row[column] for column in key)].append(row)
    clashes = [pair for rows in by_key.values() for pair in combinations(rows, 2) if overlap(*pair)]
    assert not clashes


@pytest.mark.parametrize(("name", "key"), ORDER.items())
def test_rows_are_sorted(name, key):
    order = [tuple(row[column] for column in key) + (row.get("from", ""),) for row in rows_of(name)]
    assert order == sorted(order)


def test_the_catalog_describes_every_table_and_no_other():
    assert set(catalog()) == set(ALL_FILES) == {path.name for path in TABLES.glob("*.csv")}
    for entry in catalog().values():
        assert entry["title"] and entry["grain"].endswith(".") and entry["source"] and entry["doubts"]
        assert all(isinstance(doubt, str) for doubt in entry["doubts"])


def test_one_folded_name_leads_to_one_country():
    names = [row["name"] for row in rows_of("country_names.csv")]
    assert len(names) == len(set(names))
    assert all(name == fold(name) for name in names)
    assert all(re.fullmatch("[A-Z]{2}", row["iso2"]) for row in rows_of("country_names.csv"))


def test_the_stated_folding_is_the_one_the_names_are_stored_with():
    entry = catalog()["country_names.csv"]
    names = [row["name"] for row in rows_of("country_names.csv")]
    tricky = ["  Côte  d'Ivoire ", "U.S.A.", "Türkiye", "curaçao", "St. Lucia", "Cote\u0302 d'Ivoire", "Viet\tNam"]
    con = duckdb.connect()
    sql = f"select {entry['fold']} from (select unnest($texts) as x)"
    folded = [row[0] for row in con.execute(sql, {"texts": names + tricky}).fetchall()]
    assert folded == names + [fold(text) for text in tricky]
    assert not set(entry["left_out"]) & set(names)
    assert all(name == fold(name) for name in entry["left_out"])


def test_every_country_of_chart_and_groups_has_a_name():
    known = {row["name"]: row["iso2"] for row in rows_of("country_names.csv")}
    for row in rows_of("country_chart.csv") + rows_of("country_groups.csv"):
        assert known[row["iso2"]] == row["iso2"] == known[fold(row["country"])], row
    for row in rows_of("treated_as.csv"):
        assert known[row["iso2"]] == row["iso2"] and known[row["as"]] == row["as"]


@pytest.mark.parametrize(
    ("recorded", "iso2"),
    [("NA", "NA"), ("Namibia", "NA"), ("NO", "NO"), ("PAK", "PK"), ("Burma", "MM"), ("BU", "MM"), ("KV", "XK"),
     ("GZ", "PS"), ("WE", "PS"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Congo, DRC", "CD"), ("Guinea", "GN"),
     ("Republic of the Congo", "CG"), ("Korea, South", "KR"), ("D.P.R.K.", "KP"), ("Hong Kong", "HK"),
     ("Macao", "MO"), ("U.K.", "GB")],
)  # fmt: skip
def test_a_recorded_name_resolves(recorded, iso2):
    assert {row["name"]: row["iso2"] for row in rows_of("country_names.csv")}[fold(recorded)] == iso2


def test_chart_cells_are_marks_or_blank_and_the_embargoed_rows_are_in_doubt():
    rows = rows_of("country_chart.csv")
    assert len({row["iso2"] for row in rows}) == 200
    for row in rows:
        marks = {row[column] for column in CHART_MARKS.split()}
        assert marks <= {"", "X"}
        assert (marks == {""}) == bool(row["doubt"]) == (row["iso2"] in EMBARGOED), row


def test_ns2_is_marked_exactly_outside_group_a1():
    a1 = [row for row in rows_of("country_groups.csv") if row["group"] == "A:1"]
    a1_codes = {row["iso2"] for row in a1}
    for row in rows_of("country_chart.csv"):
        if row["NS2"]:
            assert not [member for member in a1 if member["iso2"] == row["iso2"] and overlap(member, row)], row
        elif row["iso2"] not in {"LI", *EMBARGOED}:
            assert row["iso2"] in a1_codes, row


def test_cc2_is_marked_for_22_countries_since_2025_09_30():
    marked = {row["iso2"] for row in on("2025-09-30", rows_of("country_chart.csv")) if row["CC2"]}
    assert marked == set(CC2_NOW.split())
    before = [row for row in on("2025-09-29", rows_of("country_chart.csv")) if row["iso2"] not in EMBARGOED]
    assert {row["iso2"] for row in before if not row["CC2"]} == {"CA"}


def test_group_d5_holds_its_22_countries_and_doubts_cambodia_and_ethiopia():
    d5 = set(D5_NOW.split())
    assert members("D:5", "2026-09-24") == members("D:5", "2025-11-07") == d5
    assert members("D:5", "2025-11-06") == d5 | {"KH"}
    rows = [row for row in rows_of("country_groups.csv") if row["group"] == "D:5" and row["doubt"]]
    assert {row["iso2"] for row in on("2025-11-07", rows)} == {"ET", "KH"}
    assert {row["iso2"] for row in on("2026-02-03", rows)} == {"ET"}


def test_group_d_as_a_whole_loses_the_emirates_on_2026_07_10():
    now = members("D:", "2026-07-10")
    assert (len(now), members("D:", "2026-07-09") - now) == (47, {"AE"})


def test_hong_kong_is_read_as_china_and_has_rows_of_its_own_until_then_alone():
    assert ("HK", "CN", "2020-12-23") in {(row["iso2"], row["as"], row["from"]) for row in rows_of("treated_as.csv")}
    rows = rows_of("country_groups.csv") + rows_of("country_chart.csv")
    assert [row["group"] + row["until"] for row in rows if row["iso2"] == "HK"] == ["B2020-06-29", "B2020-12-22"]


def test_license_codes_are_of_known_kinds_with_readable_number_forms():
    for row in rows_of("license_codes.csv"):
        assert row["kind"] in {"license", "nlr", "exception", "other_agency"}, row
        assert bool(row["symbol"]) or row["kind"] in {"license", "other_agency"}, row
        assert row["meaning"] and re.compile(row["number_form"]), row
    forms = {row["code"]: row["number_form"] for row in rows_of("license_codes.csv")}
    assert re.fullmatch(forms["C30"], "D123456") and not re.fullmatch(forms["C30"], "D12345")
    assert re.fullmatch(forms["C67"], "A123456") and re.fullmatch(forms["C40"], "TMP")


def test_the_two_laboratory_eccns_begin_on_2025_01_16_and_no_other_eccn_ends_or_begins():
    days: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in rows_of("eccns.csv"):
        days[row["eccn"]].append(span(row))
    starts = {eccn: min(spans)[0] for eccn, spans in days.items()}
    assert {eccn for eccn, start in starts.items() if start > date.min} == {"3A069", "3E069"}
    assert starts["3A069"] == starts["3E069"] == date(2025, 1, 16)
    for eccn, spans in days.items():
        assert max(spans)[1] == date.max, eccn
        assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(sorted(spans))), eccn


@pytest.mark.parametrize(
    ("day", "reasons"),
    [("2024-11-24", "AT"), ("2024-11-25", ""), ("2024-12-25", ""), ("2024-12-26", "RS AT"), ("2026-09-24", "RS AT")],
)
def test_the_entries_of_the_pakistan_rule_gain_their_reason_with_it(day, reasons):
    found = {row["eccn"]: row["reasons"] for row in on(day, rows_of("eccns.csv"))}
    assert {found[eccn] for eccn in ("2A992", "2B999", "3A992", "6A996")} == {reasons}
    assert found["1B999"] == "RS AT" and found["EAR99"] == ""
    assert found["3A999"] == ("RS AT" if day >= "2024-12-26" else "")


def test_reasons_are_of_two_letters_and_stand_once_each():
    for row in rows_of("eccns.csv"):
        reasons = row["reasons"].split()
        assert " ".join(reasons) == row["reasons"] and len(set(reasons)) == len(reasons), row
        assert all(re.fullmatch("[A-Z]{2}", reason) for reason in reasons), row


def test_every_country_of_the_public_delivery_history_resolves():
    if not SCMS.exists():
        pytest.skip(f"the public data set is not here: {SCMS}")
    known = {row["name"] for row in rows_of("country_names.csv")}
    with io.StringIO(SCMS.read_text(encoding="utf-8-sig"), newline=None) as stream:
        countries = {row["Country"] for row in csv.DictReader(stream)}
    assert len(countries) > 40
    assert {country for country in countries if fold(country) not in known} == set()
