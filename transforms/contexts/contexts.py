"""What other records add to a line: the value of its shipment and order, its item record, other uses of its ITN, AES.

A late line, a new item record or another moment of knowledge changes it, so it is no fact of a line. For the present it
is kept with the lines (`keep.py`) and asked again where something changed; for another moment it is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from transforms.contexts.keep import KEPT, Again, is_present, keep_all, keep_changes, what_changed
from transforms.parties.parties import PARTIES, find_parties
from transforms.phases import phase
from transforms.pipeline import Row, Stage, give, make_view
from transforms.rulebook.law import Law
from transforms.rulebook.listed import NO_LISTS, Listed

FOLDER = Path(__file__).parent
SHIPMENT_VALUE = Stage(
    "contexts",
    FOLDER / "shipment_value",
    reads=("situations", "aes_states", "current_lines", "lines_aside"),
    leaves=("valued_situations", "shipment_value_facts"),
    steps=(
        "valued_lines", "value_sums", "whole_groups", "numbered_realms", "partial_lines", "neighbor_groups",
        "value_bundles", "groups_in_doubt", "lines_beside_rows", "shipment_value_facts",
    ),
)  # fmt: skip
ITN_USE = Stage("contexts", FOLDER / "itn_use", ("current_lines", "parameters"), ("itn_use_facts",), ("itn_use_facts",))
ITEM_RECORD = Stage(
    "contexts",
    FOLDER / "item_record",
    reads=("current_lines", "current_items", "parameters"),
    leaves=("item_record_facts",),
    steps=("item_record_facts",),
)
DESCRIPTION = Stage(
    "contexts", FOLDER / "description", ("current_lines", "situations"), ("description_facts",), ("description_facts",)
)
ORDER_VALUE = Stage(
    "contexts",
    FOLDER / "order_value",
    reads=("current_lines", "lines_aside"),
    leaves=("order_value_facts",),
    steps=("ordered_lines", "order_members", "order_value_facts"),
)
LISTED_PARTY = Stage(
    "contexts",
    FOLDER / "listed_party",
    reads=("current_lines", "party_matches"),
    leaves=("listed_party_facts",),
    steps=("listed_party_facts",),
)
AES_STATE = Stage("contexts", FOLDER / "aes_state", ("aes_states",), ("aes_state_facts",), ("aes_state_facts",))
ADDED = (SHIPMENT_VALUE, ITN_USE, ITEM_RECORD, DESCRIPTION, ORDER_VALUE, LISTED_PARTY, AES_STATE)
"""What is added, one folder each; the last step of each leaves `line_id`, `fact` and `value`."""
PARAMETERS = (
    "cytometer-detectors", "split-shipment-days", "split-shipment-days-modes", "split-shipment-hours",
    "split-shipment-hours-modes",
)  # fmt: skip
"""What is asked of the law by name, beside the low-value thresholds."""
CONTEXTS = Stage(
    name="contexts",
    folder=FOLDER / "sql",
    reads=("current_lines", "situations", "known_contexts"),
    leaves=("placed_lines", "subjects", "context_facts"),
    views=frozenset({"placed_made", "placed_kept"}),
)


@dataclass(frozen=True)
class Terms:
    """What contexts ask of the law."""

    thresholds: Sequence[Row]
    """The low-value thresholds by date."""
    parameters: Sequence[Row]
    """The numbers and lists by date, of which it asks for PARAMETERS."""
    signals: Sequence[Row]
    """What a description may tell."""
    signals_from: date | None
    """The first day on which a check reads that."""
    listed: Listed
    """The lists of parties."""

    @classmethod
    def of(cls, law: Law) -> Terms:
        """Return what contexts ask of a law."""
        listed = law.listed if law.party_versions else NO_LISTS
        return cls(law.thresholds, law.parameters, law.signals, law.signals_from, listed)

    @property
    def dated_signals(self) -> list[Row]:
        """What a description may tell, from the first day on which a check reads it; before, nothing asks for it."""
        return [{**row, "from_on": self.signals_from} for row in self.signals] if self.signals_from else []

    @property
    def any_signal(self) -> str:
        """The pattern of any of them."""
        patterns = "|".join(f"(?:{row['pattern']})" for row in self.dated_signals)
        return f"(?i){patterns}"

    @property
    def numbers(self) -> list[Row]:
        """What is asked of the numbers of the law: where one of these is another, so is what is added to a line."""
        return [*self.thresholds, *(row for row in self.parameters if row["name"] in PARAMETERS)]


def add_contexts(
    connection: duckdb.DuckDBPyConnection, law: Law | Terms, *, keep: bool = False, is_one_realm: bool = True
) -> Again | None:
    """Leave `subjects` (one row per situation) and the view `placed_lines` (one row per line, in its situation).

    Reads the records as `recall` left them, and what `match_filings` left. Of the law it needs its `Terms`. With
    `keep`, and where the present is asked for, what is found is kept in the database, and only what changed since is
    asked for again; the result is the same. Returns of which lines it was asked again, None where nothing is kept.
    """
    terms = law if isinstance(law, Terms) else Terms.of(law)
    rests_on = give_terms(connection, terms)
    is_kept = keep and is_one_realm and is_present(connection)
    changed = what_changed(connection, rests_on) if is_one_realm and is_present(connection) else None
    if changed is not None and (keep or changed.is_nothing):
        if not changed.is_nothing:
            keep_changes(connection, changed, rests_on, lambda: _make(connection, terms, keep=True))
        _place(connection, "kept")
        return ("nothing" if changed.is_nothing else "some") if keep else None
    for scope in ("value_lines", "itn_lines", "own_lines", "order_lines"):
        make_view(connection, scope, "from current_lines")
    give(connection, "carried_facts")
    _make(connection, terms, keep=is_kept)
    if is_kept:
        keep_all(connection, rests_on)
    _place(connection, "kept" if is_kept else "made")
    return "everything" if is_kept else None


def give_terms(connection: duckdb.DuckDBPyConnection, terms: Terms) -> str:
    """Hand over what contexts ask of the law, and return a hash of all that they rest on but the records."""
    give(connection, "value_thresholds", terms.thresholds)
    give(connection, "parameters", terms.parameters)
    give(connection, "dated_signals", terms.dated_signals)
    SHIPMENT_VALUE.make(connection, "valued_situations")
    return CONTEXTS.fingerprint(
        terms.numbers,
        terms.dated_signals,
        terms.listed.digest,
        PARTIES.fingerprint(),
        *(one.fingerprint() for one in ADDED),
    )


def _make(connection: duckdb.DuckDBPyConnection, terms: Terms, *, keep: bool) -> None:
    """Ask what other records add to the lines of the four scopes; leaves `context_facts`."""
    with phase("parties"):
        find_parties(connection, terms.listed, "from own_lines", keep=keep)
    make_facts(connection, terms.any_signal)


def make_facts(connection: duckdb.DuckDBPyConnection, any_signal: str, given: Collection[str] = ()) -> None:
    """Leave `context_facts`, what other records add to the lines of the four scopes, but for the steps that are given.

    Expects `party_matches` of these lines. `any_signal` is the pattern that some description meets (`Terms`).
    """
    values: dict[str, object] = {"any_signal": any_signal}
    SHIPMENT_VALUE.make(connection, "valued_lines")
    # a group is of one day: of a late extract only those days are read
    days = connection.execute("select min(export_on), max(export_on) from valued_lines").fetchall()[0]
    values |= {"first_day": days[0], "last_day": days[1]}
    with phase("values"):
        SHIPMENT_VALUE.run(connection, values, without=("valued_lines", *given))
    with phase("other records"):
        for added in ADDED[1:]:
            if added.steps[-1] not in given:
                added.run(connection, values)
    # one row per line and fact; a line to which nothing is added has none
    gathered = (*(one.steps[-1] for one in ADDED), "carried_facts")
    make_view(connection, "context_values", " union all by name ".join(f"from {one}" for one in gathered))
    CONTEXTS.make(connection, "context_facts")


def _place(connection: duckdb.DuckDBPyConnection, how: str) -> None:
    """Make `placed_lines` and `subjects`, from what is kept or from what was made."""
    CONTEXTS.make(connection, f"placed_{how}", name="placed_lines")
    CONTEXTS.make(connection, f"used_{how}", name="used_contexts")
    CONTEXTS.make(connection, "subjects")


__all__ = ["CONTEXTS", "KEPT", "Again", "Terms", "add_contexts"]
