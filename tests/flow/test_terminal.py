"""In a window of 80 columns or fewer, no amount, number, id or date is cut; words wrap, or the table becomes a list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.show import OUT
from flows.show.tables import Col, show_table
from tests.support.command import Golden

YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")
NARROW = (80, 60)


@pytest.fixture(scope="module")
def twice(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample home with a decision and a second screening, so that two runs differ, and with a hold."""
    home = golden.copy(tmp_path_factory.mktemp("terminal") / "home")
    deciding = ("--rule", "lab-equipment-ns", "--status", "escalated", "--reason", "to counsel", "--yes")
    for words in (
        ("dispose", *deciding),
        ("screen", "--as-of", "2026-11-21"),
        ("hold", "add", "--all", "--reason", "BIS request"),
    ):
        assert CliRunner().invoke(app, [*words, "--home", str(home)]).exit_code == 0
    return home


def of_impact(answer: dict[str, Any]) -> list[float]:
    asked = [one["value_usd"] for one in answer["questions"].values() if one["lines"]["certain"]]
    return [answer["period"]["value_usd"], *(amount for sides in asked for amount in sides.values())]


COMMANDS: dict[tuple[str, ...], Callable[[dict[str, Any]], list[float]]] = {
    ("screen", "--as-of", "2026-11-21"): lambda answer: list(answer["value_usd"].values()),
    ("impact", "pakistan-rs", *YEAR): of_impact,
    ("impact", "lab-equipment-ns", "lab-equipment-rs", *YEAR): of_impact,
    ("report", *YEAR): lambda answer: [answer["value_usd"]],
    ("retain", "--as-of", "2026-11-21"): lambda answer: [],
    ("diff", "previous", "last"): lambda answer: [],
    ("rules", "list"): lambda answer: [],
    ("quarantine", "list"): lambda answer: [],
    ("hold", "list"): lambda answer: [],
    ("reconcile", "--as-of", "2026-11-21"): lambda answer: [],
    ("schema",): lambda answer: [],
}
"""Each command, and the amounts of its JSON that it tells a person."""


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_a_narrow_window_cuts_nothing(twice: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    home = () if words == ("schema",) else ("--home", str(twice))
    answer = json.loads(CliRunner().invoke(app, [*words, "--json", *home]).stdout)
    ids = [one["id"] for one in answer.get("rules", [])]
    ids += list(answer["findings"]) if words[0] in ("screen", "reconcile") else []
    for width in NARROW:
        monkeypatch.setattr(OUT, "_width", width)
        told = CliRunner().invoke(app, [*words, *home]).output
        assert "…" not in told
        assert [line for line in told.splitlines() if line.startswith(("│", "┃")) and len(line) > width] == []
        assert [one for one in ids if one not in told] == []
        found = {round(float(one.replace(",", ""))) for one in re.findall(r"\$([\d,]+(?:\.\d+)?)", told)}
        assert {round(amount) for amount in COMMANDS[words](answer)} - found == set()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_table_keeps_ids_and_numbers_whole_and_wraps_words(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(OUT, "_width", width)
    cells = ("post-departure-not-allowed", "A title of a rule that is [much] too long for one line", "$123,456,789.50")
    show_table((Col("Rule", "id"), Col("Title"), Col("Value,\ncertain", "number")), ["A section", cells])
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert [word for word in (cells[0], cells[2], "[much]", "A section") if word not in shown] == []
    assert shown.startswith("┏") is (width > 60)
