"""Columns that look as if they matter and are not read: by which headings, when they are told, and by what they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.jobs.layout import check_layout, draft_layout
from flows.settings import SHIPPED
from tests.support.desk import make_desk
from tests.support.layouts import LAYOUTS, WHOLE, acme
from transforms.layouts.overlooked import names_region, overlooked, sort_of
from transforms.layouts.read import read_layouts


@pytest.mark.parametrize(
    ("heading", "sort"),
    [
        ("Return", "a return"), ("RMA #", "a return"), ("Return flag", "a return"), ("IsReturn", "a return"),
        ("Retoure", "a return"), ("Return date", ""), ("Returned by", ""),
        ("Credit Memo", "a credit memo"), ("credit_note", "a credit memo"), ("Gutschrift", "a credit memo"),
        ("Credit limit", ""), ("Cancelled", "a cancellation"), ("Canceled?", "a cancellation"),
        ("Storno", "a cancellation"), ("Order Type", "a type of order or document"), ("Avoid", ""),
        ("Sales Doc. Type", "a type of order or document"), ("AUART", "a type of order or document"),
        ("Movement type", "a type of order or document"), ("OrderType", "a type of order or document"),
        ("Consignee type", ""), ("Type", ""), ("Status", "a status"), ("Order status", "a status"),
        ("STATUS_CODE", "a status"), ("Status date", ""), ("Statistics", ""), ("Statistical value", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_names_what_a_row_may_be_no_export_by(heading: str, sort: str) -> None:
    assert sort_of(heading) == sort


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Region", True), ("REGIO", True), ("Ship-to State", True), ("Province", True), ("Bundesland", True),
        ("State tax", False), ("Statement", False), ("Sales region", False), ("Regional office", False),
    ],
)  # fmt: skip
def test_a_heading_names_a_region(heading: str, expected: bool) -> None:
    assert names_region(heading) is expected


def test_a_column_is_told_where_nothing_reads_it_and_it_is_not_blank(tmp_path: Path) -> None:
    layout = acme(tmp_path, "  uom: Order type\nignore: [Region, Status]\n")
    headings = ["Order type", "Region", "Status"]
    assert list(overlooked(layout, headings, [])) == ["Region", "Status"]
    assert list(overlooked(layout, headings, [["SO", "CA", ""], ["SO", "", " "]])) == ["Region"]
    read = acme(tmp_path, "  destination_region: Region\nignore: [State]\n")
    assert overlooked(read, ["Region", "State"], []) == {}


def test_item_masters_and_filings_are_not_asked(tmp_path: Path) -> None:
    items = read_layouts([LAYOUTS])["items"]
    assert overlooked(items, ["Status", "Region"], []) == {}


def test_no_shipped_layout_overlooks_anything() -> None:
    shipped = read_layouts([LAYOUTS])
    assert {name: found for name, one in shipped.items() if (found := overlooked(one, one.ignore, []))} == {}


def test_ingest_check_and_draft_all_tell_of_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home")
    (desk.home.root / "door.yml").write_bytes((SHIPPED / "data" / "door.yml").read_bytes())
    desk.add_layout("acme", WHOLE + "ignore: [Order type, Clerk]\n")
    text = "No,Item,Shipped,Order type,Clerk\nA,1,2026-11-03,RE,JD\n"
    loaded = desk.take(text, layout="acme")
    told = [(one["level"], one["column"], one["success"]) for one in loaded.door if one["code"] == "column-ignored"]
    assert told == [("warn", "Order type", False)]
    extract = desk.put(text)
    (warning,) = check_layout(desk.home.root / "layouts" / "acme.yml", extract)["warnings"]
    assert warning.startswith("'Order type' is not read, and looks like a type of order or document. Rows that are no")
    draft = tmp_path / "new.yml"
    draft_layout(desk.home, desk.put(text.replace("Order type", "Order category")), "lines", draft, "")
    assert "'Order category' (kind of order, document or line) is not read" in draft.read_text(encoding="utf-8")
