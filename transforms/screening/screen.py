"""Screen every line of a home: the law decided once per situation, then one join of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from transforms.compare.compare import find_differences
from transforms.contexts.contexts import add_contexts
from transforms.decide.decide import decide, word_verdicts
from transforms.find.find import count, find
from transforms.ingest.recall import recall
from transforms.match.match import match_filings
from transforms.phases import phase
from transforms.pipeline import Stage, give, transaction
from transforms.rulebook.law import Law
from transforms.runs import RunFacts
from transforms.screening.keep import Anew, keep_counts, keep_decision, keep_found

if TYPE_CHECKING:
    from transforms.compare.rules import Comparison

SCREENING = Stage(
    name="screening",
    folder=Path(__file__).parent / "sql",
    reads=("found", "compared", "monthly"),
    leaves=("findings", "tallies"),
    steps=("findings", "tallies"),
)


def read_situations(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return every situation that the lines are in, all told, one row each."""
    return connection.sql("from subjects").to_arrow_table()


def screen(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    reconciling: Sequence[Comparison] = (),
    *,
    is_one_realm: bool = True,
    keep: bool = False,
) -> Anew | None:
    """Leave the result of a screening: `determinations` (a view), `findings`, and `tallies` and `daily`, which count
    lines that are clear too.

    Where filings are loaded, the lines are matched to them first, as what AES does not hold is no filing, and compared
    with them last, under the rules for `reconciling`.

    Lines are taken as known at `run.moment` (UTC). A finding is new when it was first made on `run.as_of`, else
    open. Nothing that lasts is written, unless `keep`, and the present is asked for: then what
    holds until lines or law change is kept in the database (`keep.py`), and the result is the same: how much of it was
    made anew is returned, None where all of it was.
    """
    anew = None
    with transaction(connection) if keep else nullcontext():
        with phase("records"):
            recall(connection, run.moment, law.filing_statuses, is_realm_per_source=not is_one_realm)
        with phase("match"):
            match_filings(connection, run.moment, law.parameters)
        with phase("contexts"):
            again = add_contexts(connection, law, is_one_realm=is_one_realm, keep=keep)
        if again is None:
            with phase("decide"):
                decision = decide(read_situations(connection), law)
                for field in fields(decision):
                    give(connection, field.name, getattr(decision, field.name))
                word_verdicts(connection)
            with phase("find"):
                find(connection, is_one_realm=is_one_realm)
                count(connection)
        else:
            with phase("decide"):
                is_law_as_before, decided = keep_decision(connection, law)
            with phase("find"):
                keep_counts(connection, again if is_law_as_before else "everything")
                anew = Anew(decided, keep_found(connection, again, is_law_as_before=is_law_as_before))
        with phase("compare"):
            find_differences(connection, reconciling, law.parameters)
            run_values = {
                "run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at,
            }  # fmt: skip
            SCREENING.run(connection, run_values)
    return anew
