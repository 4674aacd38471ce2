"""The impact page as text: what it says of an answer, and that recorded text stays text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from tests.support.impact_sample import sample
from transforms.reports.impact.lines import MOST_LINES, pick_lines
from transforms.reports.impact.page import Setting, render_impact
from transforms.reports.impact.words import headline, money_span, span

NOTHING = {"certain": 0, "possible": 0}


def lines(number: int, **values: Any) -> pa.Table:
    row = {
        "rule_id": "a-rule", "certainty": "possible", "change": "needs a license", "baseline_outcome": "clear",
        "source": "lines", "shipment_id": "S", "line_number": 1, "export_on": date(2024, 1, 2), "destination": "PK",
        "eccn": None, "part_number": None, "description": "", "consignee_name": None, "value_usd": None,
        "because": "because", "remedy": "Ask", **values,
    }  # fmt: skip
    return pa.Table.from_pylist([row | {"line_number": at} for at in range(number)])


@pytest.fixture(scope="module")
def impact(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return sample(tmp_path_factory.mktemp("impact"))


@pytest.fixture(scope="module")
def page(impact: Any) -> str:
    return str((impact.report / "impact.html").read_text(encoding="utf-8"))


def test_a_range_runs_from_certain_to_possible() -> None:
    assert span({"certain": 10, "possible": 1}, "line") == "10 to 11 lines"
    assert span({"certain": 1, "possible": 0}, "line") == "1 line"
    assert span({"certain": 0, "possible": 1200}) == "0 to 1,200"
    assert money_span({"certain": 810932.12, "possible": 7200.0}) == "$810,932 to $818,132"


def test_the_headline_is_a_range(impact: Any) -> None:
    assert headline(impact.told) == (
        "2 to 4 of 5 lines would newly require a license or review, worth $2,100 to $2,301:"
        " 2 consignees, 1 to 2 destinations, 1 to 2 parts."
    )
    assert headline(impact.told | {"lines": NOTHING}) == "None of 5 lines would newly require a license or review."
    empty = impact.told | {"period": impact.told["period"] | {"lines": 0}}
    assert headline(empty) == "No lines were exported in this period."


def test_recorded_text_is_never_markup(page: str) -> None:
    assert "&lt;script&gt;console.error" in page and "&lt;/script&gt;&lt;img" in page
    assert page.count("<script") == 1 and "<img" not in page
    assert not re.search(r"""\s(on\w+=|href="(?!#|\./)|src=)""", re.sub(r">[^<]*<", "><", page))
    script = page.split("<script>")[1].split("</script>")[0]
    assert "innerHTML" not in script and "HYPERLINK" not in script


def test_the_page_names_what_it_rests_on(page: str, impact: Any) -> None:
    told = impact.told
    hashes = (told["baseline"]["hash"], told["reform"]["hash"])
    for text in (told["run_id"], *hashes, "as if in effect", "not legal advice"):
        assert text in page
    for one in told["reform"]["rules"]:
        assert one["hash"][:12] in page and one["id"] in page
    for one in told["questions"].values():
        assert one["means"][1:] in page
    assert "15 CFR part 744" in page


def test_only_extracts_that_are_known_to_be_made_up_are_marked_so(page: str, impact: Any) -> None:
    assert "Synthetic sample" not in page
    assert "Synthetic sample" in render_impact(impact.told, lines(1), Setting(synthetic=True))


def test_no_more_than_the_first_lines_are_shown_and_the_page_says_so(impact: Any) -> None:
    assert len(pick_lines(lines(MOST_LINES + 1)).rows) == MOST_LINES
    text = render_impact(impact.told, lines(MOST_LINES + 1), Setting())
    assert "The first 5,000 of 5,001 rows" in text and text.count('<tr class="late"') == MOST_LINES - 200


def test_certain_lines_come_before_possible_ones_and_those_that_do_not_turn_last() -> None:
    rows = pa.concat_tables(
        [lines(1, certainty=None), lines(1), lines(1, certainty="certain")], promote_options="default"
    )
    found = pick_lines(rows)
    assert [row["certainty"] for row in found.rows] == ["certain", "possible", None]
    assert [found.choices[1].options[pick["certainty"]] for pick in found.picks] == [
        "certain",
        "possible",
        "no change",
    ]


def test_names_that_differ_in_case_or_space_are_one_choice() -> None:
    rows = pa.concat_tables([lines(1, consignee_name=name) for name in ("Indus Labs", " INDUS LABS", "Other", "")])
    found = pick_lines(rows)
    assert [choice.options for choice in found.choices if choice.key == "consignee"] == [
        ["INDUS LABS", "not recorded", "Other"]
    ]
    assert [pick["consignee"] for pick in found.picks] == [0, 0, 2, 1]
