"""What the shipped rules say, as a person last read it: their titles and remedies, and a sentence for each answer.

After a change of words, write the files anew and read their difference line by line:

    EARSHOT_GOLDEN=write .venv/bin/python -m pytest tests/flow/test_golden_words.py && git diff tests/flow/golden
"""

from __future__ import annotations

import pytest

from tests.support.command import Golden
from tests.support.comparing import shipped
from tests.support.golden import snapshot
from tests.support.parquet import rows_of
from tests.support.shipped import shipped_rulebook
from transforms.reports.words.rules import by_id

pytestmark = pytest.mark.golden
SENTENCES = "rule_id, answer, outcome, arg_min(because, (shipment_id, line_number, because)) as because"


def test_titles_and_remedies_are_those_that_were_last_read() -> None:
    rules = by_id(shipped_rulebook(), tuple(shipped().values()))
    told = [
        "\n  ".join([rule_id, rule.title, *([rule.remedy] if hasattr(rule, "remedy") else [])])
        for rule_id, rule in sorted(rules.items())
    ]
    snapshot("rule-titles", "\n\n".join(told))


def test_the_sentence_of_each_answer_is_the_one_last_read(golden: Golden) -> None:
    rows = rows_of(golden.report / "findings.parquet", SENTENCES, "group by all order by all")
    snapshot(
        "because",
        "\n\n".join(f"{rule_id} {answer} {outcome}\n  {because}" for rule_id, answer, outcome, because in rows),
    )
