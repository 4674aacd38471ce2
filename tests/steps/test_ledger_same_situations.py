"""For which situations a decision about one stands: itself, and those that a version knows more facts of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import mapped, told
from transforms.ledger.stage import LEDGER

THEN = {"eccn": "3A992", "destination": "PK"}


def same(memory, now: dict[str, str], **decided: Any) -> list[tuple]:
    given = {
        "dispositions": [{"entry": 5, "situation_id": "seven", "finding_id": None} | decided],
        "ledger_situations": [
            {"situation_id": "seven", "facts": mapped(**THEN)}, {"situation_id": "eight", "facts": mapped(**now)},
        ],
    }  # fmt: skip
    return sorted(told(memory, LEDGER, "same_situations", "decided_situation_id situation_id", given))


def test_a_decision_stands_for_its_own_situation_and_one_with_a_fact_more(memory) -> None:
    assert same(memory, THEN | {"end_use": "none"}) == [("seven", "eight"), ("seven", "seven")]


@pytest.mark.parametrize(
    "now", [
        THEN | {"end_use": "none", "eccn": "3A999"}, {"eccn": "3A992", "end_use": "none", "end_user": "none"},
        THEN | {"destination": "CN"}, {"eccn": "3A992"},
    ],
)  # fmt: skip
def test_it_does_not_where_a_fact_that_was_known_is_another_or_none_was_added(memory, now) -> None:
    assert same(memory, now) == [("seven", "seven")]


def test_a_decision_about_one_finding_stands_for_no_situation(memory) -> None:
    assert same(memory, THEN | {"end_use": "none"}, finding_id="f") == []
