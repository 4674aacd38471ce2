"""Screen lines that lie in parts, one part after the other: the same stages, the same result, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import fields
from datetime import date
from pathlib import Path

import duckdb

from transforms.compare.compare import find_differences
from transforms.compare.rules import Comparison
from transforms.contexts.contexts import CONTEXTS, Terms
from transforms.contexts.in_parts import add_to_part, gather_crossing, lay_states
from transforms.contexts.keep import is_present
from transforms.decide.decide import decide, word_verdicts
from transforms.find.find import COUNTS, count, find
from transforms.ingest.recall import recall
from transforms.lake.made import Made
from transforms.lake.parts import Parts
from transforms.match.match import match_filings
from transforms.pipeline import give, make_table, transaction
from transforms.rulebook.law import Law
from transforms.runs import RunFacts
from transforms.screening.keep import decision_rests_on, keep_decision
from transforms.screening.screen import SCREENING, read_situations, screen

_ALL = "from read_parquet($files::varchar[], hive_partitioning = false)"


def screen_in_parts(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    parts: Parts,
    made: Made,
    reconciling: Sequence[Comparison] = (),
    *,
    keep: bool = False,
) -> None:
    """Leave the result of a screening as `screen` does, of lines that lie in parts.

    What is made of a part stands in files of `made`; a part of which nothing changed is not read again. With `keep`,
    decisions and parties that were held against the lists are kept in the database.
    """
    if not parts.parts:
        screen(connection, law, run, reconciling)
        return
    with transaction(connection) if keep else nullcontext():
        parts.lay(connection)
        recall(connection, run.moment, law.filing_statuses)
        match_filings(connection, run.moment, law.parameters)
        known = "present" if is_present(connection) else str(run.moment)
        crossing = gather_crossing(connection, Terms.of(law), parts, made, known, keep=keep)
        contexts: dict[date, Path] = {}
        rests_on: dict[date, tuple[object, ...]] = {}
        counted: dict[str, list[Path]] = {name: [] for name in COUNTS}
        for part in parts.parts:
            parts.lay(connection, part)
            lay_states(connection, part)
            contexts[part.first], rests_on[part.first] = add_to_part(connection, part, crossing, made)
            _place(connection, [contexts[part.first]])
            for name in COUNTS:

                def counts(name: str = name) -> str:
                    count(connection, relations=(name,))
                    return f"from {name}"

                counted[name].append(made.file(connection, name, part, rests_on[part.first], counts))
        _decide(connection, law, list(contexts.values()), keep=keep)
        found = []
        for part in parts.parts:
            parts.lay(connection, part)
            lay_states(connection, part)
            _place(connection, [contexts[part.first]])

            def find_all() -> str:
                find(connection, name="found_now")
                return "from found_now"

            of = (*rests_on[part.first], decision_rests_on(law))
            found.append(made.file(connection, "found", part, of, find_all))
        parts.lay(connection)
        lay_states(connection)
        _place(connection, list(contexts.values()))
        for name, files in {**counted, "found": found}.items():
            make_table(connection, name, _ALL, {"files": [str(path) for path in files]})
        find_differences(connection, reconciling, law.parameters)
        SCREENING.run(
            connection,
            {"run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at},
        )


def _place(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> None:
    """Leave `placed_lines` of the lines that are laid under the stages: each in the situation that its part told."""
    text = f"select line_id, situation_key {_ALL}"
    make_table(connection, "context_facts", text, {"files": [str(path) for path in files]})
    CONTEXTS.make(connection, "placed_made", name="placed_lines")


def _decide(connection: duckdb.DuckDBPyConnection, law: Law, files: list[Path], *, keep: bool) -> None:
    """Decide the situations of all parts, each once."""
    make_table(connection, "context_facts", _ALL, {"files": [str(path) for path in files]})
    CONTEXTS.make(connection, "used_made", name="used_contexts")
    CONTEXTS.make(connection, "subjects")
    if keep:
        keep_decision(connection, law)
        return
    decision = decide(read_situations(connection), law)
    for field in fields(decision):
        give(connection, field.name, getattr(decision, field.name))
    word_verdicts(connection)
