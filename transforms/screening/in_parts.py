"""Screen lines that lie in parts: the same stages, the same result, in bounded memory.

What is asked of one part alone is asked by the stages of `of_part.py`, wherever they run; what crosses parts, the law
per situation and the small database stay here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import fields
from datetime import date
from pathlib import Path

import duckdb

from transforms.compare.compare import find_differences
from transforms.compare.rules import Comparison
from transforms.contexts.contexts import CONTEXTS, Terms
from transforms.contexts.in_parts import Crossing, gather_crossing, lay_states
from transforms.contexts.keep import is_present
from transforms.decide.decide import decide, word_verdicts
from transforms.ingest.recall import recall
from transforms.lake.ask import Asking
from transforms.lake.call import Room, Work, in_a_loop, made_by
from transforms.lake.made import Made
from transforms.lake.parts import Parts
from transforms.match.match import match_filings
from transforms.phases import phase
from transforms.pipeline import give, make_table, transaction
from transforms.rulebook.law import Law
from transforms.runs import RunFacts
from transforms.screening.keep import decision_rests_on, keep_decision
from transforms.screening.of_part import TOLD, map_contexts, map_found
from transforms.screening.screen import SCREENING, read_situations, screen

_ALL = "from read_parquet($files::varchar[], hive_partitioning = false)"
_OPEN = "from verdicts where outcome <> 'clear' and not is_rolled_up"
_HANDED = ("conversions", "crossing_facts", "realms_of_parts", "valued_situations")
_DECIDED = {
    "verdicts": _OPEN,
    "subject_keys": f"from subject_keys semi join ({_OPEN}) using (family, subject_key)",
    "worded_verdicts": f"from worded_verdicts semi join ({_OPEN}) using (verdict_key)",
    "subjects": "from subjects semi join ("
    f"from subject_keys semi join ({_OPEN}) using (family, subject_key)) using (situation_key)",
}
"""What each part is handed of the decision: what is not clear."""


def screen_in_parts(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    parts: Parts,
    made: Made,
    reconciling: Sequence[Comparison] = (),
    *,
    keep: bool = False,
    work: Work | None = None,
) -> None:
    """Leave the result of a screening as `screen` does, of lines that lie in parts.

    What is made of a part stands in files of `made`; a part of which nothing changed is not read again. `work` runs
    what is asked of the parts, a loop in this process where it is not given. With `keep`, decisions and parties that
    were held against the lists are kept in the database.
    """
    if not parts.parts:
        screen(connection, law, run, reconciling)
        return
    terms = Terms.of(law)
    values = {"moment": run.moment, "is_realm_per_source": False, "any_signal": terms.any_signal}
    work = work or in_a_loop(Room(made.folder.with_name("work")))
    asking = Asking(parts, made, work, values, made_by(connection))
    with transaction(connection) if keep else nullcontext():
        parts.lay(connection)
        with phase("records"):
            recall(connection, run.moment, law.filing_statuses)
        with phase("match"):
            match_filings(connection, run.moment, law.parameters)
        with phase("contexts"):
            known = "present" if is_present(connection) else str(run.moment)
            crossing = gather_crossing(connection, terms, asking, known, keep=keep)
            rests_on = {part.first: crossing.of_part(connection, part) for part in parts.parts}
            told = asking.ask(map_contexts, TOLD, lambda part: rests_on[part.first], lambda _: crossing.given)
        with phase("decide"):
            _decide(connection, law, told["contexts"].values(), keep=keep)
        with phase("find"):
            found = _find(connection, law, asking, crossing, rests_on, told["contexts"])
        with phase("compare"):
            lay_states(connection)
            _place(connection, told["contexts"].values())
            for name, files in {**told, "found": found}.items():
                if name != "contexts":
                    make_table(connection, name, _ALL, _files(files.values()))
            find_differences(connection, reconciling, law.parameters)
            run_values = {
                "run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at,
            }  # fmt: skip
            SCREENING.run(connection, run_values)


def _find(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    asking: Asking,
    crossing: Crossing,
    rests_on: dict[date, tuple[object, ...]],
    contexts: dict[date, Path],
) -> dict[date, Path]:
    """Return the files of what is found of each part by the decision."""
    decision = decision_rests_on(law)
    given = {
        **{name: crossing.given[name] for name in _HANDED},
        **{name: asking.made.give(connection, name, query) for name, query in _DECIDED.items()},
    }
    return asking.ask(
        map_found,
        ("found",),
        lambda part: (*rests_on[part.first], decision),
        lambda part: {**given, "context_facts": contexts[part.first]},
    )["found"]


def _place(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    """Leave `placed_lines` of all lines: each in the situation that its part told."""
    make_table(connection, "context_facts", f"select line_id, situation_key {_ALL}", _files(files))
    CONTEXTS.make(connection, "placed_made", name="placed_lines")


def _decide(connection: duckdb.DuckDBPyConnection, law: Law, files: Iterable[Path], *, keep: bool) -> None:
    """Decide the situations of all parts, each once."""
    make_table(connection, "used_contexts", f"select distinct * exclude (line_id) {_ALL}", _files(files))
    CONTEXTS.make(connection, "subjects")
    if keep:
        keep_decision(connection, law)
        return
    decision = decide(read_situations(connection), law)
    for field in fields(decision):
        give(connection, field.name, getattr(decision, field.name))
    word_verdicts(connection)


def _files(files: Iterable[Path]) -> dict[str, object]:
    return {"files": [str(path) for path in files]}
