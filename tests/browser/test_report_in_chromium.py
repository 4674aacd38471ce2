"""The report page in a real browser: charts, filters, rows that open by keyboard, 50,000 findings, and paper."""

import base64
import hashlib
import json
import re

import pytest

from tests.support.chromium import CHROMIUM, chromium
from tests.support.report_sample import many, told
from tests.support.summary_sample import HOSTILE
from transforms.reports.leadership.page import render_report

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not tried in a browser")
DRIVER = """
const $ = (id) => document.getElementById(id);
const found = {};
const rows = () => [...document.querySelectorAll("#table tbody tr")].filter((row) => row.querySelector("button.open"));
const look = (name) => {
  const shipments = rows().map((row) => row.querySelector("bdi").textContent);
  found[name] = [[...new Set(shipments)].sort(), $("matched").textContent];
};
const wait = () => new Promise((done) => setTimeout(done, 20));
const pick = async (name, label) => {
  const select = $("filter-" + name);
  select.value = [...select.options].find((one) => one.textContent === label).value;
  select.dispatchEvent(new Event("input", {bubbles: true}));
  await wait();
};
const clear = async () => {
  document.querySelector("#filters button[type=reset]").click();
  await wait(); await wait();
};
const drive = async () => {
  while (!document.documentElement.dataset.ready) await wait();
  await wait();
  look("all");
  for (const [name, label] of PICKS) { await pick(name, label); look(name); await clear(); }
  $("filter-consignee").value = "indus  LABS";
  $("filter-consignee").dispatchEvent(new Event("input", {bubbles: true}));
  await wait(); look("consignee"); await clear();
  $("filter-consignee").value = "nowhere at all";
  $("filter-consignee").dispatchEvent(new Event("input", {bubbles: true}));
  await wait(); look("nothing"); await clear();
  document.querySelector('a.show[data-rule="pakistan-rs"]').click();
  await wait(); look("shown"); await clear();
  look("cleared");
  document.querySelectorAll("#table thead th")[7].querySelector("[role=button]")?.click();
  await wait();
  found.sorted = rows().slice(0, 1).map((row) => row.lastElementChild.textContent);
  const button = rows()[0].querySelector("button.open");
  found.before = [button.getAttribute("aria-expanded"), button.getAttribute("aria-label")];
  button.focus();
  found.focus = document.activeElement === button;
  button.click();
  found.opened = [button.getAttribute("aria-expanded"), document.querySelector(".life").textContent];
  button.click();
  found.closed = [button.getAttribute("aria-expanded"), document.querySelectorAll(".life").length];
  dispatchEvent(new Event("beforeprint")); await wait();
  found.paper = [rows().length, document.querySelectorAll(".life").length];
  dispatchEvent(new Event("afterprint")); await wait();
  found.after = [rows().length, document.querySelectorAll(".life").length];
  document.body.dataset.found = JSON.stringify(found);
};
drive();
"""
PICKS = [("rule", "pakistan-rs"), ("destination", "Germany (DE)"), ("month", "2026-05"), ("outcome", "undetermined"),
         ("state", "open")]  # fmt: skip


@pytest.fixture(scope="module")
def made(lived_home):
    return told(lived_home)


@pytest.fixture(scope="module")
def page(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(made.page, encoding="utf-8")
    return path


def driven(page, folder):
    """The page with the driver in it, allowed by its hash as the page's own scripts are."""
    driver = f"const PICKS = {json.dumps(PICKS)};{DRIVER}"
    digest = base64.b64encode(hashlib.sha256(driver.encode()).digest()).decode()
    path = folder / "driven.html"
    text = page.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    path.write_text(text.replace("</body>", f'<script type="module">{driver}</script></body>'), encoding="utf-8")
    dom, log = chromium(path, folder, "--virtual-time-budget=20000", "--dump-dom")
    assert "CONSOLE" not in log, log
    told_of = re.search(r'data-found="([^"]*)"', dom)
    assert told_of is not None, "the page was not driven to its end"
    return json.loads(told_of[1].replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


@pytest.fixture(scope="module")
def found(made, tmp_path_factory):
    return driven(made.page, tmp_path_factory.mktemp("driven"))


def test_the_page_opens_without_a_console_message_and_with_every_chart(page, tmp_path):
    dom, log = chromium(page, tmp_path, "--virtual-time-budget=5000", "--dump-dom")
    assert [line for line in log.splitlines() if "CONSOLE" in line] == []
    assert len(re.findall(r'<svg class="chart (?:wide|fixed)"', dom)) == 5
    assert "<img" not in dom and 'data-ready="' in dom


@pytest.mark.parametrize(
    ("step", "shipments"),
    [
        ("all", ["S1", "S2", "S3", "S4", "S7"]),
        ("rule", ["S1", "S2", "S3", "S4"]), ("destination", ["S7"]),
        ("month", ["S2", "S3"]), ("outcome", ["S3"]), ("consignee", ["S1", "S3", "S4", "S7"]), ("nothing", []),
        ("shown", ["S1", "S2", "S3", "S4"]), ("state", ["S1", "S2", "S3", "S4", "S7"]),
        ("cleared", ["S1", "S2", "S3", "S4", "S7"]),
    ],
)  # fmt: skip
def test_a_filter_leaves_the_findings_that_fit(found, step, shipments):
    assert found[step][0] == shipments


def test_what_is_left_is_counted_and_each_line_valued_once(found, made):
    total = made.report.rows.num_rows
    assert found["all"][1].startswith(f"{total} findings of {total}: 5 records, worth $")
    assert found["nothing"][1] == f"0 findings of {total}: 0 records, worth $0."
    assert found["month"][1].endswith("2 records, worth $10,001.")  # twice $5,000.25


def test_a_row_opens_and_closes_by_its_button_which_says_so(found):
    assert found["focus"] is True
    assert found["before"][0] == "false" and found["before"][1].startswith("Explanation of ")
    assert found["opened"][0] == "true" and found["closed"] == ["false", 0]
    for words in ("Because", "Authority", "What to do", "First seen on", "license code"):
        assert words in found["opened"][1]


def test_paper_takes_every_row_that_is_chosen_with_its_reason(found, made):
    rows = made.report.rows.num_rows
    assert found["paper"] == [rows, rows] and found["after"][0] == rows


def test_hostile_text_is_shown_as_text(page, tmp_path):
    dom, _ = chromium(page, tmp_path, "--virtual-time-budget=5000", "--dump-dom")
    table = dom[dom.index('id="table"') :]
    assert HOSTILE not in table and "&lt;script&gt;console.error" in table


def test_fifty_thousand_findings_stay_usable(made, tmp_path):
    found = driven(render_report(many(made.report), {"PK": "Pakistan", "DE": "Germany"}, []), tmp_path)
    assert found["all"][1].startswith("50,000 findings of 50,000")
    assert 0 < int(found["rule"][1].split(" ")[0].replace(",", "")) < 50_000
    assert found["paper"] == [100, 100]


def test_without_scripts_the_first_findings_are_read(made, tmp_path):
    silent = tmp_path / "silent.html"
    silent.write_text(re.sub(r"script-src [^;\"]*", "script-src 'none'", made.page), encoding="utf-8")
    dom, _ = chromium(silent, tmp_path, "--dump-dom")
    assert re.search(r'<form id="filters"[^>]*hidden', dom) and "requires a license (RS" in dom


@pytest.mark.parametrize("paper", [pytest.param("A4", marks=pytest.mark.long), "letter"])
def test_the_page_prints_on_either_paper(page, tmp_path, paper):
    sized = tmp_path / f"{paper}.html"
    style = f"<style>@page {{ size: {paper} }}</style></head>"
    sized.write_text(page.read_text(encoding="utf-8").replace("</head>", style, 1), encoding="utf-8")
    printed = tmp_path / "report.pdf"
    chromium(sized, tmp_path, "--virtual-time-budget=5000", "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    text = printed.read_bytes()
    assert text.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", text)) >= 3
    wide = {tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", text)}
    assert wide == {(0, 0, 595, 842) if paper == "A4" else (0, 0, 612, 792)}


def test_the_page_can_be_seen(page, tmp_path):
    picture = tmp_path / "report.png"
    chromium(page, tmp_path, "--virtual-time-budget=5000", "--window-size=1280,2400", f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 50_000
