"""The profile of a batch: what it holds, column by column, and how that compares with what its source usually sends.

Counts of rows are those of the load. What is asked of columns is asked of a sample of about 20,000 rows at most, drawn
by the hash of their identity, so that the same extract has the same profile whatever the order in which it was loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.door.checks import Measures
from transforms.ingest.door.history import History, read_history
from transforms.ingest.door.overlooked import columns_overlooked
from transforms.ingest.ended import Missing
from transforms.ingest.extract import SQL
from transforms.ingest.left_out import count_no_exports
from transforms.ingest.problems import TWO_ROWS, Counted
from transforms.kinds import RecordKind
from transforms.line import Column
from transforms.pipeline import make_table
from transforms.sql import read_sql

SAMPLE_ROWS = 20_000
FEW_ROWS = 20
"""In fewer rows than these a share is chance, and nothing is compared with history."""
WATCHED = ("destination", "eccn")
"""Columns whose values are compared with those that the source sent before."""
_KEPT_VALUES = 500
_NUMBER = r"[-+]?[0-9]+([.,][0-9]+)*(E[-+]?[0-9]+)?"
_FORMS = {
    "filing_option": "[234]", "transport_mode": r"\d{2}", "routed": "[YN]", "schedule_b": r"\d{10}",
    "currency": "[A-Z]{3}",
}  # fmt: skip
"""What the columns without a closed list are expected to look like; the meaning of each column says so."""


@dataclass(frozen=True)
class Profile:
    """What was measured of a batch, and what is kept of it for the batches to come."""

    measures: Measures
    kept: dict[str, Any]


def profile_batch(
    arrival: Arrival, rows_in: int, unread: int, problems: Sequence[Counted], reread: Mapping[str, int],
    missing: Missing,
) -> Profile:  # fmt: skip
    """Return the profile of the batch; expects its rows in the kind's table, repeats told apart."""
    history = read_history(arrival)
    days = _export_days(arrival)
    sampled = _draw_sample(arrival)
    columns = _columns(arrival, sampled)
    values = _watched_values(arrival)
    kept: dict[str, Any] = {
        "rows": rows_in, "sampled": sampled, "columns": columns, "newest_age_days": days["newest_age_days"],
        "median_age_days": days["median_age_days"],
        "values": {name: list(counts)[:_KEPT_VALUES] for name, counts in values.items()},
    }  # fmt: skip
    whole = _shares(arrival, rows_in, unread, problems) | days | history.rows(rows_in)
    left_out = count_no_exports(arrival) if arrival.found.layout.not_exports else 0
    whole |= {"left_out_share": left_out / max(rows_in, 1), "eccn_number_share": _eccn_numbers(arrival)}
    whole |= {"missing_share": missing.share, "missing_month_share": missing.month_share}
    whole["not_again"] = float(missing.records) if missing.share is None or missing.untold else None
    for name in ("newest_age_days", "median_age_days"):
        usual = history.median_of(name)
        age = days[name]
        whole[f"{name}_over_usual"] = None if usual is None or age is None else age - usual
    measures: dict[str, Mapping[str, float | None]] = {name: {"": value} for name, value in whole.items()}
    unreadable = _unreadable_cells(arrival) if arrival.kind.is_screened else {}
    for measure, cells in (("reread_cells", reread), ("unreadable_cells", unreadable)):
        measures[measure] = {name: cells.get(name) for name in arrival.kind.names}
    measures |= {**columns_overlooked(arrival), "unknown_statuses": _unknown_statuses(arrival)}
    return Profile(measures | _column_measures(arrival, columns, values, sampled, history), kept)


def _eccn_numbers(arrival: Arrival) -> float | None:
    """Return the share of the filled ECCNs that are numbers, as a spreadsheet makes 30 of 3E001; None without any."""
    if "eccn" not in arrival.kind.by_name:
        return None
    row = arrival.connection.execute(
        "select coalesce(sum(rows) filter (regexp_full_match(eccn, $number) and not is_eccn(eccn)), 0) / sum(rows)"
        f" from (select eccn, count(*) as rows from {arrival.kind.table}"
        " where batch_id = $batch_id and eccn <> '' group by eccn)",
        {"batch_id": arrival.batch_id, "number": _NUMBER},
    ).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def _unreadable_cells(arrival: Arrival) -> dict[str, int]:
    """Return how many cells of a column are filled with what it does not hold, by column."""
    query = read_sql(SQL / "unreadable_cells.sql")
    return dict(arrival.connection.execute(query, {"batch_id": arrival.batch_id}).fetchall())


def _shares(arrival: Arrival, rows_in: int, unread: int, problems: Sequence[Counted]) -> dict[str, float | None]:
    """Return the shares of rows that cannot be read, by what is wrong with them."""
    counts = {"key_missing": 0, "key_conflict": 0, "date_unreadable": 0, "number_unreadable": 0, "country_unknown": 0}
    columns = arrival.kind.by_name
    of_kinds = {
        "date": "date_unreadable",
        "moment": "date_unreadable",
        "number": "number_unreadable",
        "country": "country_unknown",
    }
    for one in problems:
        read_as = columns[one.column].kind if one.column in columns else ""
        if one.code == TWO_ROWS:
            counts["key_conflict"] += one.rows
        elif one.column in arrival.kind.keys:
            counts["key_missing"] += one.rows
        elif read_as in of_kinds:
            counts[of_kinds[read_as]] += one.rows
    shares = {f"{name}_share": rows / max(rows_in, 1) for name, rows in counts.items()}
    return {"rows_in": float(rows_in), "unread_share": unread / max(rows_in, 1), **shares}


def _export_days(arrival: Arrival) -> dict[str, float | None]:
    """Return the share of exports after the day of arrival, and the age in days of the newest and of the median one."""
    days: dict[str, float | None] = dict.fromkeys(("ahead_share", "newest_age_days", "median_age_days"))
    column, today = arrival.kind.exported_on, arrival.known_from.date()
    if column:
        row = arrival.connection.execute(
            f"select count(*), count(*) filter ({column} > $today), max({column}) filter ({column} <= $today),"
            f" quantile_disc({column}, 0.5) from {arrival.kind.table} where batch_id = $batch_id",
            {"batch_id": arrival.batch_id, "today": today},
        ).fetchone()
        assert row is not None  # an aggregate without groups has one row
        rows, ahead, newest, middle = row
        days = {
            "ahead_share": ahead / max(rows, 1),
            "newest_age_days": _age(newest, today),
            "median_age_days": _age(middle, today),
        }
    return days


def _age(day: date | None, today: date) -> float | None:
    return None if day is None else float((today - day).days)


def _draw_sample(arrival: Arrival) -> int:
    """Make the temporary table `door_sample` with the canonical columns, and return its rows."""
    rows = arrival.count(
        f"select count(*) from {arrival.kind.table} where batch_id = $batch_id", batch_id=arrival.batch_id
    )
    highest = min(2**64 - 1, 2**64 * SAMPLE_ROWS // max(rows, 1))
    # an amount in another currency is filled in all the same
    amounts = {"value_usd": "coalesce(value_usd, value_recorded) as value_usd"} if arrival.kind.is_screened else {}
    return make_table(
        arrival.connection,
        "door_sample",
        f"select {', '.join(amounts.get(name, name) for name in arrival.kind.names)} from {arrival.kind.table}"
        " where batch_id = $batch_id and identity_hash <= $highest::ubigint",
        {"batch_id": arrival.batch_id, "highest": highest},
    )


def _columns(arrival: Arrival, sampled: int) -> dict[str, dict[str, Any]]:
    """Return what each column of the sample holds, by name; of a column that is empty throughout, zero."""
    found = arrival.connection.execute(read_sql(SQL / "door_columns.sql"), {"forms": _asked(arrival.kind)}).fetchall()
    names = ("filled_share", "outside_share", "nonpositive_share", "median", "high")
    told = {
        name: dict(
            zip(names, [filled / max(sampled, 1), outside / max(filled, 1), low / max(filled, 1), *sizes], strict=True)
        )
        for name, filled, outside, low, *sizes in found
    }
    empty = dict(zip(names, (0.0, 0.0, 0.0, None, None), strict=True))
    return {name: told.get(name, empty) for name in arrival.kind.names}


def _asked(kind: RecordKind) -> list[dict[str, Any]]:
    return [
        {"column_name": column.name, "form": form_of(column) or "", "is_number": column.kind == "number"}
        for column in kind.columns
    ]


def form_of(column: Column) -> str | None:
    """Return the pattern of what the column may hold, or None where that is open."""
    return "|".join(column.allowed) if column.allowed else _FORMS.get(column.name)


def _unknown_statuses(arrival: Arrival) -> dict[str, float | None]:
    """Return how many rows have each status word that the rulebook does not know, most first, from the first row on."""
    if not arrival.kind.has_versions:
        return {}
    query = read_sql(SQL / "filings" / "unknown_statuses.sql")
    rows = arrival.connection.execute(query, {"batch_id": arrival.batch_id}).fetchall()
    return {status: float(count) for status, count in rows}


def _watched_values(arrival: Arrival) -> dict[str, dict[str, int]]:
    """Return how many sampled rows have each value, by watched column, most first."""
    found: dict[str, dict[str, int]] = {}
    for name in WATCHED:
        if name in arrival.kind.by_name:
            rows = arrival.connection.execute(
                f"select {name}, count(*) from door_sample where {name} <> '' group by all order by 2 desc, 1"
            ).fetchall()
            found[name] = dict(rows)
    return found


def _column_measures(
    arrival: Arrival, columns: Mapping[str, Mapping[str, Any]], values: Mapping[str, Mapping[str, int]], sampled: int,
    history: History,
) -> dict[str, Mapping[str, float | None]]:  # fmt: skip
    layout, kind = arrival.found.layout, arrival.kind
    mapped = [name for name in kind.names if name in layout.columns and name not in kind.keys]
    enough = sampled >= FEW_ROWS
    numbers = [name for name in mapped if kind.by_name[name].kind == "number"]

    def usual(name: str, what: str) -> float | None:
        return history.median_of("columns", name, what) if enough else None

    lost: dict[str, float | None] = {}
    for name in mapped:
        before = usual(name, "filled_share")
        lost[name] = None if before is None else before - columns[name]["filled_share"]
    return {
        "lost_share": lost,
        "outside_share": {
            name: columns[name]["outside_share"] if columns[name]["filled_share"] else None
            for name in mapped
            if form_of(kind.by_name[name])
        },
        "nonpositive_share": {
            name: columns[name]["nonpositive_share"] if columns[name]["filled_share"] else None for name in numbers
        },
        "median_factor": {name: _factor(columns[name]["median"], usual(name, "median")) for name in numbers},
        "high_factor": {name: _factor(columns[name]["high"], usual(name, "high")) for name in numbers},
        "new_share": {
            name: history.share_of_new(name, values.get(name, {})) if enough else None
            for name in WATCHED
            if name in mapped
        },
    }


def _factor(now: float | None, usual: float | None) -> float | None:
    """Return how many times as large, or as small, a number is as usual; None where one of the two is no size."""
    if now is None or usual is None or now <= 0 or usual <= 0:
        return None
    return max(now / usual, usual / now)
