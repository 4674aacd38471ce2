"""Every page at three widths and on paper: nothing is cut, all is named, read without color, and used by keyboard."""

import pytest

from flows.jobs.report import disclose, report_home
from tests.support.chromium import CHROMIUM
from tests.support.devtools import browser
from tests.support.impact_sample import sample
from tests.support.looks import LOOK
from tests.support.report_sample import LAST

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: pages are not looked at in a browser")
WIDTHS = (420, 768, 1280)
CHARTS = {"summary": 3, "report": 5, "executive": 1, "impact": 4, "disclosure": 0, "door": 0, "rulebook": 0}
READABLE = 11


@pytest.fixture(scope="module")
def chrome(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("chrome")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(lived_home, tmp_path_factory):
    done = report_home(lived_home, LAST)
    told = disclose(lived_home, "rule=pakistan-rs", LAST)
    run, report = done.report.parent, done.report
    return {
        "summary": run / "summary.html", "door": run / "door.html", "report": report / "report.html",
        "executive": report / "executive.html", "rulebook": report / "rulebook.html",
        "disclosure": told.report / "disclosure.html",
        "impact": sample(tmp_path_factory.mktemp("impact")).report / "impact.html",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "width"), [
    pytest.param(name, width, marks=[pytest.mark.long] if width == 768 else [])
    for name in CHARTS for width in WIDTHS
])
def test_a_page_is_read_at_every_width(chrome, pages, name, width):
    chrome.open(pages[name], width)
    seen = chrome.read(LOOK)
    assert seen.pop("width") <= seen.pop("view") <= width
    assert seen.pop("charts") == CHARTS[name]
    letters = seen.pop("letters")
    assert letters is None if not CHARTS[name] else letters >= READABLE
    assert seen.pop("lang") == "en"
    assert {fault: found for fault, found in seen.items() if found} == {}


@pytest.mark.parametrize("name", CHARTS)
def test_the_first_stop_of_the_keyboard_skips_to_the_content_and_is_seen(chrome, pages, name):
    chrome.open(pages[name], 1280)
    chrome.press("Tab")
    told = "(({className, hash}, {outlineStyle, left}) => [className, hash, outlineStyle, parseFloat(left) >= 0])"
    at = "document.activeElement"
    assert chrome.read(f"{told}({at}, getComputedStyle({at}))") == ["skip", "#main", "solid", True]
    chrome.press("Enter")
    chrome.press("Tab")
    assert chrome.read(f"document.getElementById('main').contains({at}) || {at} === document.body")


@pytest.mark.parametrize("name", ["summary", "report", "impact"])
def test_the_figures_of_a_chart_open_by_keyboard(chrome, pages, name):
    chrome.open(pages[name], 420)
    chrome.read("document.querySelector('figure summary').focus()")
    chrome.press("Enter")
    assert chrome.read("document.querySelector('figure details').open") is True
    seen = chrome.read(LOOK)
    assert seen["width"] <= seen["view"] and not seen["regions"] and not seen["faint"]


@pytest.mark.parametrize("name", ["summary", "impact"])
def test_the_two_sides_of_a_bar_differ_without_color(chrome, pages, name):
    chrome.open(pages[name], 1280)
    fills = chrome.read("[...new Set([...document.querySelectorAll('svg.wide path[fill]')].map((one) => "
                        "one.getAttribute('fill').replace(/#[a-z]+-hatch/, '#hatch')))]")  # fmt: skip
    assert {"#1b3a5c", "url(#hatch)"} <= set(fills)


@pytest.mark.parametrize("name", CHARTS)
def test_on_paper_totals_stand_once_and_nothing_is_wider_than_the_sheet(chrome, pages, name):
    chrome.open(pages[name], 703)  # A4 between its margins
    chrome.call("Emulation.setEmulatedMedia", media="print")
    try:
        feet = "[...document.querySelectorAll('tfoot')].map((one) => getComputedStyle(one).display)"
        assert set(chrome.read(feet)) <= {"table-row-group"}
        assert chrome.read("document.documentElement.scrollWidth <= innerWidth") is True
        assert chrome.read("[...document.querySelectorAll('svg.narrow')].every((one) => !one.getClientRects().length)")
    finally:
        chrome.call("Emulation.setEmulatedMedia", media="")
