"""The page of a file that was looked at, in a real browser: it opens offline, is read at every width, and prints."""

import pytest

from flows.jobs.layout import draft_layout
from flows.settings import SAMPLE, Home
from tests.support.chromium import CHROMIUM, chromium
from tests.support.devtools import browser
from tests.support.looks import LOOK

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not tried in a browser")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looked")
    draft_layout(Home(folder / "home"), SAMPLE / "walk" / "sap-deliveries.csv", None, folder / "sap.yml", "", look=True)
    return folder / "sap.html"


@pytest.fixture(scope="module")
def chrome(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("chrome")) as opened:
        yield opened


def test_the_page_opens_without_a_console_message_or_a_script(page, tmp_path):
    dom, log = chromium(page, tmp_path, "--dump-dom")
    assert [line for line in log.splitlines() if "CONSOLE" in line] == []
    assert "<script" not in dom and "This is not legal advice." in dom


@pytest.mark.parametrize("width", [420, 1280])
def test_the_page_is_read_at_every_width(chrome, page, width):
    chrome.open(page, width)
    seen = chrome.read(LOOK)
    assert seen.pop("width") <= seen.pop("view") <= width
    assert (seen.pop("charts"), seen.pop("letters"), seen.pop("lang")) == (0, None, "en")
    assert {fault: found for fault, found in seen.items() if found} == {}


def test_on_paper_nothing_is_wider_than_the_sheet(chrome, page):
    chrome.open(page, 703)  # A4 between its margins
    chrome.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert chrome.read("document.documentElement.scrollWidth <= innerWidth") is True
    finally:
        chrome.call("Emulation.setEmulatedMedia", media="")
