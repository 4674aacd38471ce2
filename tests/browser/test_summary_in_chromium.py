"""The summary page in a real browser: it opens offline without complaint, shows its charts, and prints."""

import re

import pytest

from tests.support.chromium import CHROMIUM, chromium
from tests.support.summary_sample import nothing_found, sample
from transforms.reports.summary.page import render_summary

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not tried in a browser")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "summary.html"
    path.write_text(render_summary(sample()), encoding="utf-8")
    return path


def test_the_page_opens_without_a_console_message_and_with_three_charts(page, tmp_path):
    dom, log = chromium(page, tmp_path, "--dump-dom")
    assert [line for line in log.splitlines() if "CONSOLE" in line] == []
    assert len(re.findall(r'<svg class="chart wide"', dom)) == 3
    assert "<script" not in dom and "need review" in dom


def test_the_console_would_be_heard(tmp_path):
    loud = tmp_path / "loud.html"
    loud.write_text("<!doctype html><script>console.error('heard')</script>")
    assert any("CONSOLE" in line and "heard" in line for line in chromium(loud, tmp_path, "--dump-dom")[1].splitlines())


def test_a_page_without_findings_opens_too(tmp_path):
    page = tmp_path / "quiet.html"
    page.write_text(render_summary(nothing_found(sample())), encoding="utf-8")
    dom, log = chromium(page, tmp_path, "--dump-dom")
    assert "CONSOLE" not in log and "No findings." in dom and "<svg" not in dom


def test_the_page_can_be_seen(page, tmp_path):
    picture = tmp_path / "summary.png"
    chromium(page, tmp_path, "--window-size=1280,2400", "--hide-scrollbars", f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 50_000


def test_the_page_prints(page, tmp_path):
    printed = tmp_path / "summary.pdf"
    chromium(page, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    text = printed.read_bytes()
    assert text.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", text)) >= 2
