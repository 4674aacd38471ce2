"""Currencies as records write them, columns of currencies that a layout does not read, and values read as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.jobs.layout import check_layout, draft_layout
from flows.settings import RULES, SHIPPED
from tests.support.command import earshot
from tests.support.desk import Desk
from transforms.layouts.overlooked import holds_currencies, is_named_currency
from transforms.layouts.read import LayoutError, read_layout
from transforms.rulebook.currencies import read_currencies
from transforms.rulebook.places import read_table

CODES = {row["code"] for row in read_currencies(RULES / "tables")}
LAYOUT = """id: acme
title: Acme
columns: {shipment_id: No, line_number: Item, export_on: Day, value_usd: Amount%s}
%s
"""


def taken(desk: Desk, columns: str, rest: str, text: str):
    desk.add_layout("acme", LAYOUT % (columns, rest))
    return desk.take(text, layout="acme")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("USD,5", ("USD", 5, None)),
        ("us$,5", ("USD", 5, None)),
        ("$,5", ("USD", 5, None)),
        ("U.S. Dollars,5", ("USD", 5, None)),
        ("eur,5", ("EUR", None, 5)),
        ("€,5", ("EUR", None, 5)),
        ("Pound Sterling,5", ("GBP", None, 5)),
        ("C$,5", ("CAD", None, 5)),
        ("£,5", ("£", None, 5)),
        ("kr,5", ("KR", None, 5)),
        ("USN,5", ("USN", None, 5)),
        (",5", ("", None, 5)),
        ("EUR,", ("EUR", None, None)),
        ("CAD,$5", ("CAD", None, 5)),
        (",$5", ("", None, 5)),
    ],
)
def test_an_amount_is_in_dollars_only_where_its_currency_says_so(desk: Desk, cells: str, expected: tuple) -> None:
    loaded = taken(desk, ", currency: Curr", "", f"No,Item,Day,Curr,Amount\nA,1,2025-03-03,{cells}\n")
    assert (loaded.loaded, loaded.door[-1]["code"]) == (1, "rows")
    assert desk.rows("select currency, value_usd, value_recorded from lines") == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("EUR,5,4", ("EUR", 5, 4)),
        (",5,4", ("", 5, 4)),
        ("EUR,,4", ("EUR", None, 4)),
        ("USD,,4", ("USD", 4, 4)),
        ("USD,5,4", ("USD", 5, 4)),
    ],
)
def test_a_source_with_both_values_has_dollars_in_one_of_them(desk: Desk, cells: str, expected: tuple) -> None:
    columns = ", currency: Curr, value_recorded: Local"
    taken(desk, columns, "", f"No,Item,Day,Curr,Amount,Local\nA,1,2025-03-03,{cells}\n")
    assert desk.rows("select currency, value_usd, value_recorded from lines") == [expected]


@pytest.mark.parametrize("cells", ["EUR,x,", "EUR,x,4", "EUR,5,x", "USD,x,4"])
def test_an_amount_that_cannot_be_read_is_quarantined_whatever_its_currency(desk: Desk, cells: str) -> None:
    columns = ", currency: Curr, value_recorded: Local"
    loaded = taken(desk, columns, "", f"No,Item,Day,Curr,Amount,Local\nA,1,2025-03-03,{cells}\n")
    assert (loaded.quarantined, loaded.codes) == (1, {"not-a-number": 1})


@pytest.mark.parametrize("cells", ["EUR,x", "JPY,$2600"])
def test_an_amount_in_another_currency_that_cannot_be_read_is_quarantined(desk: Desk, cells: str) -> None:
    loaded = taken(desk, ", currency: Curr", "", f"No,Item,Day,Curr,Amount\nA,1,2025-03-03,{cells}\n")
    assert loaded.codes == {"not-a-number": 1}


def test_a_layout_says_the_currency_of_a_source_or_what_a_sign_means(desk: Desk) -> None:
    taken(desk, "", "constants: {currency: EUR}", "No,Item,Day,Amount\nA,1,2025-03-03,5\n")
    assert desk.rows("select currency, value_usd, value_recorded from lines") == [("EUR", None, 5)]


def test_every_form_of_a_currency_has_one_meaning_and_is_folded() -> None:
    rows = read_table(RULES / "tables" / "currencies.csv")
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names)
    assert all(name == " ".join(name.upper().replace(".", "").split()) for name in names)
    assert {row["code"] for row in rows} <= set(names)
    assert not {"£", "¥", "KR", "DOLLAR", "PESO", "USN"} & set(names)


NAMED = [
    "Currency",
    "Curr.",
    "Crcy",
    "WAERS",
    "WAERK",
    "Doc.Currency",
    "ISO|currency",
    "Währung",
    "CUR",
    "invoice_currency",
    "Currency|Code",
]
OTHER = [
    "Amount|in|local|currency",
    "Exchange|rate|currency",
    "Curve",
    "Cured|on",
    "Value|Currency",
    "Courier",
    "Accuracy",
]


def test_a_heading_names_a_currency_but_not_an_amount_in_one() -> None:
    assert [one for one in NAMED if not is_named_currency(one.replace("|", " "))] == []
    assert [one for one in OTHER if is_named_currency(one.replace("|", " "))] == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["USD", "eur ", ""], True),
        (["JPY"], True),
        (["KGS", "KGS"], False),
        (["ALL", "TOP"], False),
        (["USD", "EA"], False),
        (["", ""], False),
        ([], False),
    ],
)
def test_values_are_currencies_where_all_are_codes_and_a_usual_one_is_among_them(values, expected: bool) -> None:
    assert holds_currencies(values, CODES) is expected


@pytest.mark.parametrize(
    ("heading", "value", "warned"), [("Curr.", "x", True), ("Z1", "EUR", True), ("Z1", "EA", False)]
)
def test_a_currency_that_is_ignored_is_warned_about_from_the_first_file_on(
    desk: Desk, heading: str, value: str, warned: bool
) -> None:
    (desk.home.root / "door.yml").write_bytes((SHIPPED / "data" / "door.yml").read_bytes())
    text = f"No,Item,Day,Amount,{heading}\nA,1,2025-03-03,5,{value}\n"
    loaded = taken(desk, "", f"ignore: ['{heading}']", text)
    told = [(one["level"], one["column"], one["success"]) for one in loaded.door if one["code"] == "currency-ignored"]
    assert told == ([("warn", heading, False)] if warned else [])
    path, extract = desk.home.root / "layouts" / "acme.yml", desk.put(text)
    assert [heading in one for one in check_layout(path, extract)["warnings"]] == ([True] if warned else [])
    shown = earshot("layout", "check", path, extract)
    is_shown = f"Warning: '{heading}' looks like a currency" in " ".join(shown.out.split())
    assert (shown.code, is_shown) == (0, warned)


@pytest.mark.parametrize("rest", ["constants: {currency: USD}\nignore: [Curr]", "ignore: [Curr, Amount]"])
def test_it_is_not_warned_about_where_the_layout_says_the_currency_or_reads_no_value(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "acme.yml"
    text = LAYOUT % ("", rest)
    path.write_text(text if "Amount]" not in rest else text.replace(", value_usd: Amount", ""), encoding="utf-8")
    assert check_layout(path, None) == {"layout": str(path), "to_decide": [], "warnings": []}


def test_a_layout_alone_is_warned_about_by_the_headings_that_it_ignores(tmp_path: Path) -> None:
    path = tmp_path / "acme.yml"
    path.write_text(LAYOUT % ("", "ignore: [Waers]"), encoding="utf-8")
    (warning,) = check_layout(path, None)["warnings"]
    assert warning.startswith("'Waers' looks like a currency and is not read")


def test_a_draft_maps_a_heading_of_a_currency(desk: Desk, tmp_path: Path) -> None:
    text = "Shipment ID,Line Number,Export On,Value USD,Doc. Currency\nA,1,2025-03-03,5,EUR\n"
    told = draft_layout(desk.home, desk.put(text), "lines", tmp_path / "new.yml", "")
    currency = told["columns"]["currency"]
    assert (currency["heading"], currency["confidence"]) == ("Doc. Currency", "likely")
    assert told["warnings"] == []


def test_every_other_value_has_its_own_entry_and_a_blank_cell_stays_blank(desk: Desk) -> None:
    origin = ", origin_df: {headings: Country, values: {'*': F, US: D, '-': ''}}"
    rows = [f"{number},1,2025-03-03,5,{country}" for number, country in enumerate(("US", "DE", "", "-", "us", "*"))]
    taken(desk, origin, "", "No,Item,Day,Amount,Country\n" + "\n".join(rows) + "\n")
    found = desk.rows("select origin_df from lines order by shipment_id")
    assert [origin for (origin,) in found] == ["D", "F", "", "", "F", "F"]


def test_every_other_value_alone_is_read_too(desk: Desk) -> None:
    text = "No,Item,Day,Amount,Country\nA,1,2025-03-03,5,DE\nB,1,2025-03-03,5,\n"
    taken(desk, ", origin_df: {headings: Country, values: {'*': F}}", "", text)
    assert desk.rows("select origin_df from lines order by shipment_id") == [("F",), ("",)]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("{headings: Country, values: {'*': X}}", "columns.origin_df.values.*: 'X' is not a valid origin_df"),
        ("Country, line_number: {headings: It, values: {'*': '1'}}", "columns.line_number.values.*: every row would"),
    ],
)
def test_every_other_value_is_checked(tmp_path: Path, columns: str, said: str) -> None:
    path = tmp_path / "acme.yml"
    path.write_text((LAYOUT % (f", origin_df: {columns}", "")).replace(" line_number: Item,", ""), encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        read_layout(path)
    assert said in str(refused.value)
