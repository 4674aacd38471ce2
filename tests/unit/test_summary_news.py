"""The summary begins with what is new since the screening before, and what comes first among it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest

from flows.jobs.screen import Screened
from flows.jobs.verify import verify
from tests.support.desk import Desk
from tests.support.office import CELLS, TODAY, Office

DAY = timedelta(days=1)


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)


def take(office: Office, *rows: dict[str, str]) -> None:
    """Load lines that have a part number."""
    cells = CELLS | {"part_number": ""}
    written = [",".join(row) for row in (cells, *((cells | row).values() for row in rows))]
    office.taken += 1
    office.desk.take("\n".join(written) + "\n", f"extract-{office.taken}.csv")


def told(screened: Screened) -> str:
    """Return the text of the page of a run."""
    return told_page(screened.report / "summary.html")


def told_page(path: Path) -> str:
    """Return the text of a page from its first heading on."""
    page = path.read_text(encoding="utf-8").partition("Skip to the result")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace(" .", ".").replace(" ,", ",")


def today(text: str) -> str:
    """Return the part of the page that is about today."""
    return text.partition(" Today ")[2].partition(" Totals ")[0]


def test_the_first_screening_says_that_it_is_the_first(office: Office) -> None:
    take(office, {"shipment_id": "A"})
    text = told(office.screen())
    assert "First screening: 1 finding on 1 line needs review." in text
    assert "1 new finding (1 flagged, 0 undetermined) on 1 line; value of the lines $9,000." in today(text)


def test_a_later_one_tells_only_what_is_new(office: Office) -> None:
    take(office, {"shipment_id": "A"})
    office.screen(TODAY - DAY)
    take(office, {"shipment_id": "B", "value_usd": "12000.00", "part_number": "P-7"})
    text = told(office.screen())
    assert f"1 new finding on 1 line since the screening as of {TODAY - DAY}." in text
    assert "Of all 2 lines screened, worth $21,000, 2 need review (100.0 % of lines)" in text
    first = today(text)
    assert "B line 1" in first and not re.search(r"\bA line 1", first)


def test_without_news_it_says_so_and_how_long_findings_are_open(office: Office) -> None:
    take(office, {"shipment_id": "A"})
    office.screen(TODAY - 5 * DAY)
    text = told(office.screen())
    assert f"No new finding since the screening as of {TODAY - 5 * DAY}." in text
    assert "Work on the 1 finding still open." in today(text)
    assert re.search(r"Largest open flagged lines .* 5 Other lines of these items", text)


def test_what_was_corrected_is_closed(office: Office) -> None:
    take(office, {"shipment_id": "A"}, {"shipment_id": "B"})
    office.screen(TODAY - DAY)
    take(office, {"shipment_id": "A", "eccn": "EAR99"})
    assert "1 closed by a corrected record or a changed rule." in today(told(office.screen()))


def test_embargoed_destinations_come_before_all_that_is_worth_more(office: Office) -> None:
    take(
        office,
        {"shipment_id": "A", "value_usd": "900000.00"},
        {"shipment_id": "B", "destination": "IR", "eccn": "EAR99", "value_usd": "10.00", "consignee_name": "Tehran Co"},
    )
    text = told(office.screen())
    assert re.search(r"First screening: \d findings on 2 lines need review; 1 urgent\.", text)
    first = today(text)
    listed = first.index("Lines to review first")
    assert first.index("B line 1, dated 2025-02-03, to Iran (IR)") < listed
    assert first.index("B line 1 ", listed) < first.index("A line 1 ", listed)
    assert "most urgent first: Tehran Co, Iran (IR)" in first
    assert "Do first Urgent. License required: any item exported or reexported to Iran" in first


def test_an_item_shows_its_other_lines(office: Office) -> None:
    take(
        office,
        {"shipment_id": "A", "part_number": "P-7"},
        {"shipment_id": "B", "part_number": "P-7", "destination": "DE", "itn": "X20250202123457"},
        {"shipment_id": "C", "part_number": "P-8", "destination": "DE", "itn": "X20250202123458"},
    )
    items = told(office.screen()).partition("Other lines of these items")[2]
    assert re.search(r"P-7 a pump 3A999 2 \$18,000 2025-02-03 2025-02-03 DE, PK 1 ", items)
    assert "P-8" not in items


@pytest.mark.long
def test_the_page_of_an_earlier_day_is_made_again_byte_for_byte(office: Office) -> None:
    take(office, {"shipment_id": "A"})
    office.screen(TODAY - DAY)
    take(office, {"shipment_id": "B"})
    office.screen()
    again = verify(office.desk.home, every=True)
    assert [(one.reproduced, one.differing) for one in again.runs] == [(True, []), (True, [])]


def test_a_line_with_something_new_is_listed_once_with_all_its_open_findings(office: Office) -> None:
    take(office, {"shipment_id": "A", "value_usd": "50000.00"}, {"shipment_id": "B"})
    office.screen(TODAY - DAY)
    take(office, {"shipment_id": "A", "value_usd": "50000.00", "itn": "X2025"})
    page = office.screen().report / "summary.html"
    text = told_page(page)
    assert "2 lines, with " in today(text)
    groups = re.findall(r"<tbody>(.*?)</tbody>", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [re.findall(r"<code>([a-z-]+)</code><br>", one) for one in groups if "<bdi>A</bdi>" in one]
    assert len(lines) == 2 and lines[0] == lines[1]
    assert lines[0][0] == "pakistan-rs" and "itn-malformed" in lines[0][1:]
