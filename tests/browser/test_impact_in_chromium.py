"""The impact page in a real browser: it opens offline without complaint, its filters work, and it prints."""

import base64
import hashlib
import json
import re

import pytest

from tests.support.chromium import CHROMIUM, chromium
from tests.support.impact_sample import nothing_found, sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not tried in a browser")
DRIVER = """
const at = (id) => document.getElementById(id);
const pick = (id, label) => {
  const options = [...at(id).options];
  at(id).value = options.find((one) => one.textContent === label).value;
  at(id).dispatchEvent(new Event("input", {bubbles: true}));
};
const shown = () => [...document.querySelectorAll("#rows > tr")].filter((row) => row.offsetParent !== null)
  .map((row) => row.cells[0].querySelector("bdi").textContent);
const found = {};
const look = (name) => { found[name] = [[...new Set(shown())].sort(), at("matched").textContent]; };
const clear = (then) => { document.querySelector("#filters button").click(); setTimeout(then, 0); };
const write = (words) => {
  at("filter-text").value = words; at("filter-text").dispatchEvent(new Event("input", {bubbles: true}));
};
const steps = [
  () => look("all"),
  () => { pick("filter-rule", "pakistan-rs"); look("rule"); },
  () => { pick("filter-certainty", "possible"); look("certainty"); },
  () => { pick("filter-destination", "China (CN)"); look("destination"); },
  () => { pick("filter-consignee", "INDUS LABS"); look("consignee"); },
  () => {
    pick("filter-month", "2024-05"); look("month");
    pick("filter-certainty", "certain"); look("month and certainty");
  },
  () => { write("CYTOMETER 3a999"); look("words"); },
  () => { write("nowhere at all"); look("nothing"); },
  () => look("cleared"),
];
const next = () => {
  if (!steps.length) { document.body.dataset.found = JSON.stringify(found); return; }
  steps.shift()();
  clear(next);
};
next();
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("impact")).report / "impact.html"


@pytest.fixture(scope="module")
def found(page, tmp_path_factory):
    """What the table shows after each use of a filter: shipments, and what is said of them."""
    digest = base64.b64encode(hashlib.sha256(DRIVER.encode()).digest()).decode()
    text = page.read_text(encoding="utf-8").replace("script-src ", f"script-src 'sha256-{digest}' ")
    driven = tmp_path_factory.mktemp("driven") / "driven.html"
    driven.write_text(text.replace("</body>", f"<script>{DRIVER}</script></body>"), encoding="utf-8")
    dom, log = chromium(driven, driven.parent, "--virtual-time-budget=5000", "--dump-dom")
    assert "CONSOLE" not in log, log
    told = re.search(r'data-found="([^"]*)"', dom)
    assert told is not None, "the page was not driven to its end"
    return json.loads(told[1].replace("&quot;", '"').replace("&amp;", "&"))


def test_the_page_opens_without_a_console_message_and_with_four_charts(page, tmp_path):
    dom, log = chromium(page, tmp_path, "--dump-dom")
    assert [line for line in log.splitlines() if "CONSOLE" in line] == []
    assert len(re.findall(r'<svg class="chart wide"', dom)) == 4
    assert len(re.findall(r"<script", dom)) == 1 and "<img" not in dom
    assert re.search(r'<form id="filters"[^>]*hidden', dom) is None


@pytest.mark.parametrize(
    ("step", "shipments", "says"),
    [
        ("all", ["S1", "S2", "S3", "S4"], "4 lines, worth $2,301."),
        ("rule", ["S1", "S2", "S3"], "3 lines, worth $2,201."),
        ("certainty", ["S3", "S4"], "2 lines, worth $201."),
        ("destination", ["S4"], "1 line, worth $100."),
        ("consignee", ["S1", "S3", "S4"], "3 lines, worth $301."),
        ("month", ["S2", "S3"], "2 lines, worth $2,100."),
        ("month and certainty", ["S2"], "1 row of 5 shown: 1 line, worth $2,000."),
        ("words", ["S4"], "1 line, worth $100."),
        ("nothing", [], "0 rows of 5 shown: 0 lines, worth $0."),
        ("cleared", ["S1", "S2", "S3", "S4"], "5 rows of 5 shown: 4 lines, worth $2,301."),
    ],
)
def test_a_filter_leaves_the_lines_that_fit(found, step, shipments, says):
    assert found[step][0] == shipments
    assert says in found[step][1]


def test_a_page_on_which_nothing_turns_opens_too(tmp_path):
    dom, log = chromium(nothing_found(tmp_path).report / "impact.html", tmp_path, "--dump-dom")
    assert "CONSOLE" not in log and "<svg" not in dom
    assert "None of 1 line would newly require a license or review." in dom


def test_the_page_can_be_seen(page, tmp_path):
    picture = tmp_path / "impact.png"
    chromium(page, tmp_path, "--window-size=1280,2400", "--hide-scrollbars", f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 50_000


@pytest.mark.parametrize("paper", [pytest.param("A4", marks=pytest.mark.long), "letter"])
def test_the_page_prints_on_either_paper(page, tmp_path, paper):
    sized = tmp_path / f"{paper}.html"
    style = f"<style>@page {{ size: {paper} }}</style></head>"
    sized.write_text(page.read_text(encoding="utf-8").replace("</head>", style), encoding="utf-8")
    printed = tmp_path / "impact.pdf"
    chromium(sized, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    text = printed.read_bytes()
    assert text.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", text)) >= 2
    wide = {tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", text)}
    assert wide == {(0, 0, 595, 842) if paper == "A4" else (0, 0, 612, 792)}
