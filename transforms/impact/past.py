"""The past that rules are tried on: the lines of a period as they are known, in the situations that they are in.

A `Past` is made once; every question put to it after that reads only the lines of situations that are judged otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.contexts.contexts import add_contexts
from transforms.errors import InputError
from transforms.impact.frame import Frame
from transforms.ingest.recall import fetch_lines, recall
from transforms.match.match import match_filings
from transforms.pipeline import Stage, give
from transforms.rulebook.compile import Law
from transforms.rulebook.rows import Row

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
        self.entries: list[str] = []
        """The new entries of splits that the last question named."""
        self.period: dict[str, object] = {"first_day": first_day, "last_day": last_day}
        connection.execute(IMPACT.text("outcome_of_savings"))
        recall(connection, moment)
        match_filings(connection, moment)
        self._add_contexts(law)
        row = connection.execute(_TOTALS, self.period).fetchone()
        assert row is not None  # an aggregate without groups has one row
        self.totals = Totals(*row)

    def read_for(self, laws: Sequence[Law]) -> None:
        """See to it that what other records add to the lines is there as far as all of `laws` ask for it.

        Raises InputError where the laws disagree on the low-value threshold: a line is in one situation, not in two.
        """
        thresholds = [law.thresholds for law in (*laws, self.law) if law.thresholds]
        if any(_in_period(one, self.period) != _in_period(thresholds[0], self.period) for one in thresholds):
            raise InputError(
                "the two rulebooks have different low-value thresholds (15 CFR 30.37(a)) in the period; what another"
                " threshold would change is not answered yet: ask about the other rules, or choose another period"
            )
        starts = [law.signals_from for law in laws if law.signals_from]
        wanted = min(starts, default=None)
        held = self.law.signals_from
        if (thresholds and not self.law.thresholds) or (wanted and (held is None or wanted < held)):
            early = min(laws, key=lambda law: law.signals_from or date.max)
            periods = next((law.rule_periods for law in laws if law.thresholds), [])
            provisions = next((law.provisions for law in laws if law.thresholds), [])
            keys = {row["version_key"] for row in provisions}
            own = [row for row in early.rule_periods if row["version_key"] not in keys]
            held_periods = [row for row in periods if row["version_key"] in keys]
            self._add_contexts(replace(early, provisions=provisions, rule_periods=own + held_periods))

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

    def _add_contexts(self, law: Law) -> None:
        add_contexts(self.connection, law)
        self.law = law
        self.make("past_lines")
        self.subjects: pa.Table = self.connection.sql("from subjects").to_arrow_table()
        self._has_candidates = False


def _in_period(thresholds: Sequence[Row], period: dict[str, object]) -> list[tuple[object, object, object]]:
    first, last = period["first_day"], period["last_day"]
    found = []
    for row in thresholds:
        start, end = row["from_on"], row["until_on"]
        assert isinstance(start, date) and isinstance(end, date) and isinstance(first, date) and isinstance(last, date)
        if start <= last and end >= first:
            found.append((max(start, first), min(end, last), row["threshold_usd"]))
    return sorted(found, key=str)
