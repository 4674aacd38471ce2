"""The Commerce Control List alone in Earshot: `screen DATABASE RULES FINDINGS`. No pages and no ledger."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.jobs.law import read_law
from tests.support.large import RUN
from transforms.screening.screen import screen as screen_by
from transforms.store import open_store


def screen(database: str, rules: str, findings: str) -> None:
    law = read_law(Path(rules), Path(rules).with_name("made")).law
    with open_store(Path(database)) as connection:
        screen_by(connection, law, RUN)
        connection.execute(
            "copy (select shipment_id, line_number, rule_id, outcome from findings where rule_id like 'ccl-%') to ?"
            " (format parquet)",
            [findings],
        )


if __name__ == "__main__":
    screen(*sys.argv[2:])
