"""Compiled templates are kept beside those of the modules, and never say what a filter said before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from transforms.reports import templating

PAGE = "one/page.html.j2"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One template in a folder of its own, whose compiled form may be kept."""
    (tmp_path / "one").mkdir()
    (tmp_path / PAGE).write_text("{{ 'eccn'|heading }} <{{ name }}>", encoding="utf-8")
    monkeypatch.setattr(templating, "TEMPLATES", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "__pycache__"


def _page(heading: str = "ECCN") -> str:
    templating._environment.cache_clear()
    try:
        return templating.render(PAGE, {"heading": lambda _: heading}, name="a & b")
    finally:
        templating._environment.cache_clear()


def test_a_page_is_the_same_of_a_template_that_was_compiled_before(kept):
    first = _page()
    (compiled,) = kept.iterdir()
    at = compiled.stat().st_mtime_ns
    assert first == _page() == "ECCN <a &amp; b>\n"
    assert [one.stat().st_mtime_ns for one in kept.iterdir()] == [at]


def test_what_a_filter_says_of_a_constant_is_asked_again(kept):
    assert _page() != _page("Item <of the list>") == "Item &lt;of the list&gt; <a &amp; b>\n"


def test_a_template_that_changed_or_whose_compiled_form_is_damaged_is_compiled_anew(kept):
    first = _page()
    (compiled,) = kept.iterdir()
    compiled.write_bytes(compiled.read_bytes()[:40])
    assert _page() == first
    (kept.parent / PAGE).write_text("{{ name }}", encoding="utf-8")
    assert _page() == "a &amp; b\n"


def test_where_nothing_can_be_written_the_page_is_made_all_the_same(kept, monkeypatch):
    kept.write_text("no folder", encoding="utf-8")
    assert _page() == "ECCN <a &amp; b>\n"
    kept.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _page() == "ECCN <a &amp; b>\n"
    assert not kept.exists()
