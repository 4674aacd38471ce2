"""A file is looked at before it is loaded: what its rows become, what is wrong, and which rules can judge with it."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.layout import check_layout, draft_layout
from tests.support.command import earshot
from tests.support.desk import Desk
from transforms.errors import InputError

HEADINGS = "Delivery;Item;GI Date;Ship-to Country;Material;Text;ECCN;Net Value;Clerk\n"
ROWS = (
    "80001;10;03.02.2025;PK;A1;Laser;3A999;1.250,50;JD\n"
    "80001;20;13.02.2025;Atlantis;A2;Valve;3A99X;7,25;JD\n"
    "80001;20;14.02.2025;Atlantis;A2;Valve;EAR99;2,50;\n"
    "80002;10;31.02.2025;DE;A3;Seal;EAR99;2,50;JD\n"
    "80003;10;14.02.2025;DE;A3;Seal;3A99X;2,50;JD\n"
)
LAYOUT = """id: desk
title: Deliveries
format: {delimiter: semicolon, decimal: ","}
columns:
  shipment_id: Delivery
  line_number: Item
  export_on: {headings: GI Date, dates: "%d.%m.%Y"}
  destination: Ship-to Country
  part_number: Material
  description: Text
  eccn: ECCN
  value_usd: Net Value
constants: {activity: export}
ignore: [Clerk]
"""


def put(desk: Desk, content: str = HEADINGS + ROWS, layout: str = LAYOUT) -> tuple[Path, Path]:
    written = desk.home.root.parent / "desk.yml"
    written.write_text(layout, encoding="utf-8")
    return written, desk.put(content)


def seen(desk: Desk, content: str = HEADINGS + ROWS, layout: str = LAYOUT) -> dict[str, Any]:
    look = check_layout(*put(desk, content, layout), desk.home)["look"]
    assert isinstance(look, dict)
    return look


def column(look: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (one for one in look["columns"] if name in one["feeds"] or one["heading"] == name)
    return found  # type: ignore[no-any-return]


def rules(look: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["rule_id"]: one for one in look["rules"]}


def test_every_row_of_the_file_is_accounted_for(desk: Desk) -> None:
    look = seen(desk)
    assert (look["rows"], look["loaded"], look["quarantined"]) == (5, 2, 3)


def test_what_is_seen_is_what_an_ingest_makes_of_the_file(desk: Desk) -> None:
    look = seen(desk)
    desk.home.layouts[1].mkdir(exist_ok=True)
    (desk.home.layouts[1] / "desk.yml").write_text(LAYOUT, encoding="utf-8")
    loaded = ingest_file(desk.home, desk.put(HEADINGS + ROWS), "desk", accept="A trial of few rows")
    keys = ("loaded", "duplicates", "restated", "quarantined")
    assert [look["rows"], *(look[key] for key in keys)] == [loaded.rows_in, *(getattr(loaded, key) for key in keys)]
    assert {one["code"]: one["rows"] for one in look["problems"]} == loaded.codes


def test_the_first_rows_stand_beside_what_they_become(desk: Desk) -> None:
    first, second, *_ = seen(desk)["first_rows"]
    assert first["cells"][2] == "03.02.2025" and first["becomes"]["export_on"] == "2025-02-03"
    assert first["cells"][7] == "1.250,50" and first["becomes"]["value_usd"] == "1250.5"
    assert first["becomes"]["activity"] == "export" and not first["is_quarantined"]
    assert second["becomes"]["destination"] is None and second["is_quarantined"]


def test_each_column_tells_how_full_it_is_and_what_is_in_it(desk: Desk) -> None:
    look = seen(desk)
    clerk = column(look, "Clerk")
    assert (clerk["feeds"], clerk["filled"], clerk["distinct"], clerk["samples"]) == ([], 4, 1, ["JD"])
    material = column(look, "part_number")
    assert (material["heading"], material["filled"], material["distinct"]) == ("Material", 5, 3)
    assert column(look, "activity")["constant"] == "export"


def test_what_cannot_be_read_is_told_by_its_column_with_examples(desk: Desk) -> None:
    look = seen(desk)
    (country,) = column(look, "destination")["unread"]
    assert (country["code"], country["rows"], country["examples"]) == ("unknown-country", 2, ["Atlantis"])
    (day,) = column(look, "export_on")["unread"]
    assert (day["code"], day["examples"]) == ("not-a-date", ["31.02.2025"])


def test_what_loads_as_it_came_and_is_malformed_is_told_too(desk: Desk) -> None:
    (eccn,) = column(seen(desk), "eccn")["unread"]
    assert (eccn["rows"], eccn["examples"], eccn["is_loaded"]) == (1, ["3A99X"], True)


def test_a_rule_can_be_judged_where_the_file_has_the_columns_that_it_declares(desk: Desk) -> None:
    found = rules(seen(desk))
    assert found["pakistan-rs"]["judged"] == "in part" and not found["pakistan-rs"]["lacks"]
    assert "license_code" in found["pakistan-rs"]["lacks_in_part"]
    assert (found["itn-malformed"]["judged"], found["itn-malformed"]["lacks"]) == ("no", ["itn"])
    assert found["eccn-malformed"]["judged"] == "yes"


def test_without_the_eccn_controls_on_items_cannot_be_judged_and_embargoes_can(desk: Desk) -> None:
    found = rules(seen(desk, layout=LAYOUT.replace("  eccn: ECCN\n", "").replace("[Clerk]", "[Clerk, ECCN]")))
    assert found["pakistan-rs"]["lacks"] == ["eccn"] and found["pakistan-rs"]["lines"] == 2
    assert found["cuba"]["lacks"] == []


def test_a_rule_concerns_the_lines_that_record_all_that_it_needs(desk: Desk) -> None:
    blank = "80004;10;14.02.2025;DE;A3;Seal;;2,50;JD\n"
    found = rules(seen(desk, HEADINGS + ROWS + blank))
    assert (found["pakistan-rs"]["lines"], found["cuba"]["lines"]) == (2, 3)


def test_an_amount_in_another_currency_stands_in_for_dollars(desk: Desk) -> None:
    layout = LAYOUT.replace("value_usd: Net Value", "value_recorded: Net Value")
    layout = layout.replace("{activity: export}", "{activity: export, currency: EUR}")
    assert "value_usd" not in rules(seen(desk, layout=layout))["exempt-low-value"]["lacks"]


def test_of_filings_the_comparisons_are_asked_and_of_items_no_rule(desk: Desk) -> None:
    filings = "id: desk\ntitle: AES\nkind: filings\ncolumns: {itn: ITN, line_number: Line, export_on: Day}\n"
    found = rules(seen(desk, "ITN,Line,Day\nX20250203123456,1,2025-02-03\n", filings))
    assert {one["group"] for one in found.values()} == {"AES filings compared with shipments"}
    items = "id: desk\ntitle: Parts\nkind: items\ncolumns: {part_number: Part, eccn: ECCN}\n"
    assert rules(seen(desk, "Part,ECCN\nA1,EAR99\n", items)) == {}


def test_nothing_is_written_into_the_home(desk: Desk) -> None:
    before = sorted(desk.home.root.rglob("*"))
    seen(desk)
    assert sorted(desk.home.root.rglob("*")) == before


def test_a_layout_that_reads_nothing_says_why(desk: Desk) -> None:
    told = check_layout(*put(desk, layout=LAYOUT.replace("ignore: [Clerk]\n", "")), desk.home)
    assert told["look"] is None and "unknown heading 'Clerk'" in told["not_read"]
    assert told["to_decide"]


def test_a_draft_reads_the_first_option_of_a_question_and_leaves_the_layout_open(desk: Desk, tmp_path: Path) -> None:
    both = "Delivery,Item,Goods Issue Date,Invoice Date,Country\n80001,10,2025-02-03,2025-02-04,DE\n"
    told = draft_layout(desk.home, desk.put(both), None, tmp_path / "new.yml", "", look=True)
    (row,) = told["look"]["first_rows"]
    assert row["becomes"]["export_on"] == "2025-02-03"
    assert [one["column"] for one in told["asks"]] == ["export_on"] and told["to_decide"]
    page = (tmp_path / "new.html").read_text(encoding="utf-8")
    assert "For this page alone the first option of each question was read" in page


def test_a_draft_without_a_required_column_shows_that_no_row_can_be_read(desk: Desk, tmp_path: Path) -> None:
    extract = desk.put("Delivery,Country\n1,DE\n2,FR\n")
    told = draft_layout(desk.home, extract, "lines", tmp_path / "x.yml", "", look=True)
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert told["look"] is None and "export_on: a required column" in told["not_read"]
    assert "No row can be read yet." in page and "1 | 2" in page


def test_a_draft_of_a_large_file_looks_at_its_first_rows(desk: Desk, tmp_path: Path) -> None:
    rows = (f"{number},10,2025-02-03,DE\n" for number in range(80_000, 83_000))
    many = "Delivery,Item,Goods Issue Date,Country\n" + "".join(rows)
    told = draft_layout(desk.home, desk.put(many), None, tmp_path / "new.yml", "", look=True)
    assert told["look"]["rows"] == 500 and told["look"]["is_whole"] is False
    assert "Only the first 500 rows were looked at" in (tmp_path / "new.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "a\u202eb"]
)
def test_what_comes_from_a_file_is_text_on_the_page(desk: Desk, tmp_path: Path, text: str) -> None:
    content = (HEADINGS + ROWS).replace("Clerk", text.replace('"', "")).replace("Atlantis", text.replace('"', ""))
    layout = LAYOUT.replace("[Clerk]", json.dumps([text.replace('"', "")]))
    check_layout(*put(desk, content, layout), desk.home, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page and "\u202e" not in page
    assert text.replace('"', "").replace("\u202e", "{U+202E}") in unescape(page)


def test_a_page_needs_no_network_and_is_no_legal_advice(desk: Desk, tmp_path: Path) -> None:
    check_layout(*put(desk), desk.home, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "This is not legal advice." in page and "default-src 'none'" in page
    assert "http://" not in page and "https://" not in page and "<script" not in page


def test_a_page_takes_the_place_of_an_earlier_one_and_of_nothing_else(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert check_layout(*put(desk), desk.home, page)["page_replaced"] is False
    assert check_layout(*put(desk), desk.home, page)["page_replaced"] is True
    page.write_text("mine")
    with pytest.raises(InputError, match="exists and is not overwritten"):
        check_layout(*put(desk), desk.home, page)
    assert page.read_text() == "mine"


def test_a_draft_that_would_overwrite_a_page_writes_no_layout(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "new.html").write_text("mine")
    with pytest.raises(InputError, match="exists and is not overwritten"):
        draft_layout(desk.home, desk.put(HEADINGS + ROWS), None, tmp_path / "new.yml", "", look=True)
    assert not (tmp_path / "new.yml").exists()


@pytest.mark.parametrize(("page", "extract"), [("page.txt", True), ("page.html", False)])
def test_a_page_is_html_and_shows_an_extract(desk: Desk, tmp_path: Path, page: str, extract: bool) -> None:
    layout, file = put(desk)
    with pytest.raises(InputError, match="--page"):
        check_layout(layout, file if extract else None, desk.home, tmp_path / page)


def test_the_command_tells_what_its_json_has(desk: Desk) -> None:
    layout, file = put(desk)
    done = earshot("layout", "check", layout, file, "--home", desk.home.root)
    told = json.loads(earshot("layout", "check", layout, file, "--home", desk.home.root, "--json").out)
    assert "5 rows = 2 lines + 3 quarantined" in done.out and told["look"]["quarantined"] == 3
    assert "2 rows quarantined: destination: not a known country" in done.out
    assert "itn is not provided: " in done.out
    assert "  row 2: " in done.out and "destination not read from 'Atlantis'" in done.out
