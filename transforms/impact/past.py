"""The past that rules are tried on: the lines of a period as they are known, in the situations that they are in.

A `Past` is made once; every question put to it after that reads only the lines of situations that are judged otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from transforms.contexts.contexts import Terms, add_contexts
from transforms.impact.frame import Frame
from transforms.ingest.recall import fetch_lines, recall
from transforms.match.match import match_filings
from transforms.pipeline import Stage, give, make_view
from transforms.rulebook.law import Law
from transforms.rulebook.listed import both
from transforms.rulebook.rows import Row, meet, within

IMPACT = Stage(
    name="impact",
    folder=Path(__file__).parent / "sql",
    reads=(
        "lines", "current_lines", "current_items", "fetched_lines", "placed_lines", "subjects", "situations", "batches",
    ),
)  # fmt: skip
_TOTALS = (
    "select count(*), coalesce(sum(value_usd), 0)::double,"
    " greatest((select min(export_on) from lines), $first_day::date),"
    " least((select max(export_on) from lines), $last_day::date) from current_lines"
    " where export_on between $first_day and $last_day"
)


@dataclass(frozen=True)
class Totals:
    """All lines of a period: how many, worth what, and for which days of it the home has lines at all."""

    lines: int
    value_usd: float
    covered_from: date | None
    covered_until: date | None


class Past:
    """The lines exported from `first_day` until `last_day`, as known at `moment` (UTC), over an open store.

    Nothing is written into the store: all that is made are temporary tables of its connection.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        law: Law,
        moment: datetime,
        first_day: date,
        last_day: date,
    ) -> None:
        self.connection = connection
        self._has_candidates = False
        self._frame: Frame | None = None
        self._before: pa.Table | None = None
        self.entries: list[str] = []
        """The new entries of splits that the last question named."""
        self.period: dict[str, object] = {"first_day": first_day, "last_day": last_day}
        connection.execute(IMPACT.text("outcome_of_savings"))
        recall(connection, moment, law.filing_statuses)
        match_filings(connection, moment, law.parameters)
        self._add_contexts(Terms.of(law))
        row = connection.execute(_TOTALS, self.period).fetchone()
        assert row is not None  # an aggregate without groups has one row
        self.totals = Totals(*row)

    def read_for(self, baseline: Law, reform: Law) -> None:
        """See to it that what other records add to the lines is there as far as both laws ask for it.

        Where their numbers differ in the period (the low-value threshold, say), a line may be in one situation under
        the baseline and in another under the reform. Then it has a situation of its own that stands for the two:
        `subjects` holds what the reform sees of it, and `as_before` gives what the baseline sees.
        """
        before, after = terms_of_both(Terms.of(baseline), Terms.of(reform), self._terms)
        if in_period(before, self.period) == in_period(after, self.period):
            if self._before is not None or in_period(after, self.period) != in_period(self._terms, self.period):
                self._add_contexts(after)
            return
        self._add_contexts(before)
        for step in ("places_before", "facts_before"):
            self.make(step)
        self._add_contexts(after)
        for step in ("places_after", "both_places"):
            self.make(step)
        make_view(self.connection, "placed_lines", IMPACT.text("placed_both"))
        IMPACT.make(self.connection, "subjects_both", name="subjects")
        for step in ("subjects_before", "past_lines"):
            self.make(step)
        self._read_subjects()
        self._before = self.connection.sql("from subjects_before").to_arrow_table()

    def as_before(self, subjects: pa.Table) -> pa.Table:
        """Return the same situations as the baseline sees them, those of candidates for a new entry among them."""
        if self._before is None:
            return subjects
        held = [self._before, self.connection.sql(IMPACT.text("candidates_before")).to_arrow_table()]
        before = pa.concat_tables([one.select(subjects.column_names) for one in held])
        keys = (before["situation_key"].combine_chunks(), subjects["situation_key"].combine_chunks())
        same = subjects.filter(pc.invert(pc.is_in(subjects["situation_key"], value_set=keys[0])))
        return pa.concat_tables([same, before.filter(pc.is_in(before["situation_key"], value_set=keys[1]))])

    def frame_of(self, law: Law) -> Frame:
        """Return what is the same for all questions about the controls of this law, worked out once."""
        if self._frame is None or not self._frame.fits(self.subjects, law):
            if self._frame is not None:
                self._frame.close()
            self._frame = Frame(self.subjects, law)
        return self._frame

    def find_candidates(self, law: Law) -> None:
        """Leave `candidate_lines` and `candidate_parts`: what may be of the new entry of a split. Made once."""
        if self._has_candidates:
            return
        give(self.connection, "entry_splits", law.splits)
        give(self.connection, "signal_patterns", law.signals)
        for step in ("wares", "evidence", "candidate_lines"):
            self.make(step)
        fetch_lines(self.connection, "from candidate_lines")
        self.make("candidate_parts")
        self._has_candidates = True

    def no_candidates(self) -> None:
        """Leave `candidate_lines` empty, unless they were looked for before."""
        if not self._has_candidates:
            give(self.connection, "candidate_lines")

    def make(self, step: str, **values: object) -> None:
        """Make the relation of one step anew."""
        IMPACT.make(self.connection, step, self.period | values)

    def read(self, step: str, **values: object) -> list[Row]:
        """Return the rows of one step, by column."""
        return list(IMPACT.read(self.connection, step, self.period | values))

    def _add_contexts(self, terms: Terms) -> None:
        add_contexts(self.connection, terms)
        self._terms = terms
        self._before = None
        self.make("past_lines")
        self._read_subjects()

    def _read_subjects(self) -> None:
        self.subjects: pa.Table = self.connection.sql("from subjects").to_arrow_table()
        self._has_candidates = False


def terms_of_both(before: Terms, after: Terms, held: Terms) -> tuple[Terms, Terms]:
    """Return what two laws ask, as far as it can be the same: what one does not ask for goes by the other.

    What a description tells is looked for from the first day on which either law, or the one at hand, asks for it.
    """
    read = [one for one in (before, after, held) if one.signals_from]
    early = min(read, key=lambda one: one.signals_from or date.max, default=held)
    found = (
        replace(
            one, thresholds=one.thresholds or other.thresholds or held.thresholds, signals=early.signals,
            signals_from=early.signals_from,
        )
        for one, other in ((before, after), (after, before))
    )  # fmt: skip
    first, second = found
    listed = both(first.listed, second.listed)
    return replace(first, listed=listed), replace(second, listed=listed)


def in_period(terms: Terms, period: Mapping[str, object]) -> list[str]:
    """Return what the terms say of the days of a period, so that two can be compared."""
    days = {"from_on": period["first_day"], "until_on": period["last_day"]}
    said = sorted(str({**row, **within(row, days)}) for row in terms.numbers if meet(row, days))
    said.append(terms.listed.digest)
    return [*said, str(terms.signals_from), str(terms.signals)]
