"""Fill the summary page from a finished screening."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from transforms.pipeline import give
from transforms.quarantine.rows import count_open
from transforms.reports.amounts import count
from transforms.reports.left_out import left_out_in_short, left_out_sentences, read_left_out
from transforms.reports.run import FILES, REPORTS, Run
from transforms.reports.summary.model import Conservation, Coverage, RuleRow, SourceRow, Summary
from transforms.reports.summary.news import Past, list_lines, read_items, read_news
from transforms.reports.summary.says import RulebookSays, cover
from transforms.reports.summary.settle import SETTLES
from transforms.reports.summary.silent import said_aloud

COMPLETE = "Complete the record and load it again"
NOT_JUDGED = "The record lacks a field that several rules need"


def summarize(
    connection: duckdb.DuckDBPyConnection,
    says: RulebookSays,
    run: Run,
    past: Past,
    *,
    synthetic: Collection[str] = (),
) -> Summary:
    """Return everything the page says of a screening; expects the temporary tables that `screen` leaves.

    `past` tells of the screening before; `synthetic` holds the sha256 of extracts that are known to be made up.
    """
    _country_titles(connection, says.countries)
    REPORTS.make(connection, "judged_lines")
    days = connection.execute(REPORTS.text("days")).fetchall()
    judged = {
        outcome: (lines, value or Decimal(0))
        for outcome, lines, value in connection.execute(
            "select outcome, count(*), sum(value_usd) from judged_lines group by outcome"
        ).fetchall()
    }
    flagged, undetermined = judged.get("flagged", (0, Decimal(0))), judged.get("undetermined", (0, Decimal(0)))
    early_findings = _rows(connection, "select count(*) from judged_lines where export_on < ?", [run.first_rule_on])
    early = sum(lines for day, lines, _ in days if day < run.first_rule_on) - early_findings[0][0]
    batches = _rows(
        connection,
        "select source, file_name, sha256, rows_in, loaded, duplicates, restated, quarantined, coalesce(left_out, 0),"
        " door,"
        " (select a.reason from accepted as a where a.batch_id = b.batch_id) from batches as b"
        " where known_from <= ? order by all",
        [run.moment],
    )
    lists_as_of = min(says.lists.values(), default=None)
    after = [(lines, value) for day, lines, value in days if lists_as_of and day > lists_as_of]
    after_lists = sum(lines for lines, _ in after), sum((value or Decimal(0) for _, value in after), Decimal(0))
    aside = count_open(connection, run.moment, run.as_of)
    rules = _rules(connection, says)
    news = read_news(connection, says.urgent, run, past, {rule.rule_id: rule.title for rule in rules})
    top = list_lines(connection, largest=True)
    return Summary(
        run_id=run.run_id,
        as_of=run.as_of,
        known_at=run.known_at,
        rulebook_hash=run.rulebook_hash,
        version=run.version,
        synthetic=any(batch[2] in synthetic for batch in batches),
        sources=[SourceRow(*row) for row in _rows(connection, REPORTS.text("sources"), {"moment": run.moment})],
        conservation=Conservation(*(sum(batch[index] for batch in batches) for index in range(3, 9))),
        quarantine=_quarantine(connection, run),
        rows_aside=aside["rows"] or 0,
        aside_for_days=aside["oldest_days"],
        lines=run.lines,
        value_usd=sum((value for _, _, value in days if value is not None), Decimal(0)),
        situations=run.situations,
        eras=run.eras,
        lines_clear=run.lines - flagged[0] - undetermined[0] - early,
        lines_flagged=flagged[0],
        lines_undetermined=undetermined[0],
        lines_before_any_rule=early,
        value_flagged_usd=flagged[1],
        value_undetermined_usd=undetermined[1],
        rules=rules,
        by_destination=_rows(connection, REPORTS.text("by_destination")),
        by_month=_rows(connection, REPORTS.text("by_month")),
        undetermined=[
            (field or "none", rules, lines, value, SETTLES.get(field, "The correct value of this field"))
            for field, rules, lines, value in _rows(connection, REPORTS.text("undetermined"))
        ],
        lists_as_of=lists_as_of,
        lines_after_lists=after_lists[0],
        silent=said_aloud(connection, says, after_lists),
        top=top,
        news=news,
        urgent_rules=says.urgent,
        items=read_items(connection, [*news.first_lines, *top]),
        coverage=_without_archived(connection, _left_out(connection, run, cover(says, days))),
        door=[_door(source, file_name, door, accepted) for source, file_name, *_, door, accepted in batches],
        files=list(FILES.items()),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] | Mapping[str, object] = ()
) -> list[Any]:
    given = dict(values) if isinstance(values, Mapping) else list(values)
    return list(connection.execute(query, given).fetchall())


def _country_titles(connection: duckdb.DuckDBPyConnection, countries: Mapping[str, str]) -> None:
    rows = [{"iso2": iso2, "country": country} for iso2, country in countries.items()]
    give(connection, "country_titles", rows, columns={"iso2": "varchar", "country": "varchar"})


def _without_archived(connection: duckdb.DuckDBPyConnection, coverage: Coverage) -> Coverage:
    """Return the coverage, saying first what was not screened as it was moved to an archive."""
    ((lines, filings, until),) = _rows(connection, "select sum(lines), sum(filings), max(until_on) from archives")
    if not lines and not filings:
        return coverage
    said = (
        f"Archived and not screened: {count(lines, 'line')} exported through {until}, and {count(filings, 'filing')}."
        " They count among the rows in."
    )
    return coverage._replace(not_screened=[said, *coverage.not_screened])


def _left_out(connection: duckdb.DuckDBPyConnection, run: Run, coverage: Coverage) -> Coverage:
    """Return the coverage, saying first which rows of files were left out."""
    reasons = read_left_out(connection, run.moment)
    return coverage._replace(
        not_screened=[*left_out_sentences(reasons), *coverage.not_screened],
        in_short=[*coverage.in_short, *left_out_in_short(reasons)],
    )


def _quarantine(connection: duckdb.DuckDBPyConnection, run: Run) -> list[tuple[str, int]]:
    return _rows(
        connection,
        "select concat_ws(': ', nullif(column_name, ''), reason), rows from"
        " (select p['column_name'] as column_name, p['code'] as code, count(distinct quarantine_id) as rows,"
        " first(p['reason'] order by quarantined_at desc, p['reason']) as reason"
        " from (select quarantine_id, quarantined_at, unnest(problems) as p from quarantine where quarantined_at <= ?"
        " and (settled_at is null or settled_at > ?)) group by column_name, code)"
        " order by rows desc, column_name, code",
        [run.moment, run.moment],
    )


def _rules(connection: duckdb.DuckDBPyConnection, says: RulebookSays) -> list[RuleRow]:
    """One row per rule of the rulebook, with its findings or without, and per rule that only findings know."""
    found = {row[0]: row[1:] for row in _rows(connection, REPORTS.text("by_rule"))}
    rows = []
    for rule in says.rules:
        _, *counts = found.pop(rule.rule_id, (None,))[:5]
        rows.append(RuleRow._make([*rule[:6], *(counts or rule[6:10]), rule.remedy]))
    for rule_id, (kind, *counts, rule_from, authority, remedy) in found.items():
        if rule_id == "not-judged":
            rows.append(RuleRow._make([rule_id, kind, NOT_JUDGED, None, None, [], *counts, COMPLETE]))
        else:
            title = says.comparisons.get(rule_id, rule_id.replace("-", " ").capitalize())
            rows.append(RuleRow._make([rule_id, kind, title, None, rule_from, list(authority), *counts, remedy]))
    return rows


def _door(source: str, file_name: str, door: str, accepted: str | None) -> tuple[str, str, bool, int, list[str]]:
    results = json.loads(door)
    failed = [f"{one['meaning']} (found {one['observed']:g})" for one in results if not one["success"]]
    if accepted:
        failed.append(f"accepted with the reason: {accepted}")
    return (
        source,
        file_name,
        not any(one["level"] == "stop" and not one["success"] for one in results),
        len(results),
        failed,
    )
