"""The rules in polars, as lazy expressions collected together: `load CSV STORE`, then `screen STORE FINDINGS`."""

from __future__ import annotations

import sys

import polars as pl

from tests.bench.peers import law


def load(csv: str, store: str) -> None:
    lines = pl.scan_csv(csv, infer_schema=False, empty_string_is_null=False)
    dates = [pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in ("export_on", "tendered_on")]
    numbers = [pl.col("value_usd").cast(pl.Float64), pl.col("line_number").cast(pl.Int32)]
    lines.with_columns(*dates, *numbers).sink_parquet(store)


def claims() -> pl.Expr:
    """The claim of a line."""
    code, number, symbol = pl.col("license_code"), pl.col("license_number"), pl.col("symbol")
    within = pl.col("destination").is_in(list(law.WITHIN_B))
    return (
        pl.when(code == "C30")
        .then(pl.when(number.str.contains(r"^[A-Z]\d{6}$")).then(pl.lit("license")).otherwise(pl.lit("unknown")))
        .when(code == "C33")
        .then(pl.when(number.is_in(["", "NLR"])).then(pl.lit("nlr")).otherwise(pl.lit("unknown")))
        .when(symbol.is_null() | ((number != "") & (number != symbol)))
        .then(pl.lit("unknown"))
        .when(symbol.is_in(["GBS", "TSR"]))
        .then(pl.when(within).then(symbol).otherwise(symbol + " elsewhere"))
        .otherwise((symbol + " " + pl.col("exception_paragraph")).str.strip_chars())
    )


def judge(lines: pl.LazyFrame, rule: law.Control) -> pl.LazyFrame:
    """The findings of one rule."""
    where, claim, day = pl.col("destination"), pl.col("claim"), pl.col("export_on")
    head = pl.col("eccn").str.slice(0, 5)
    at = where.is_in(list(rule.places | rule.places_in_doubt)) & pl.col("activity").is_in(list(rule.activities))
    at &= day >= rule.first
    if rule.items:
        at &= head.is_in(list(rule.items)) & ~pl.col("eccn").is_in(list(rule.but))
    doubt = where.is_in(list(rule.places_in_doubt - rule.places))
    doubt |= (day <= rule.doubt_until) & (head.is_in(list(rule.items_in_doubt)) if rule.items_in_doubt else True)
    sure = claim.is_in(list(rule.flagged)) & ~doubt
    outcome = pl.when(sure).then(pl.lit("flagged")).otherwise(pl.lit("undetermined"))
    keep = ~claim.is_in(list(rule.clear))
    if rule.en_route_on:
        early = (pl.col("tendered_on") <= rule.en_route_on) & ~where.is_in(list(rule.not_saved))
        if rule.exported_before:
            keep &= ~(early & (day < rule.exported_before))
            early &= day == rule.exported_before
        outcome = pl.when(early).then(pl.lit("undetermined")).otherwise(outcome)
    symbols = pl.col("license_code").replace_strict(law.SYMBOLS, default=None, return_dtype=pl.String)
    found = lines.filter(at).with_columns(symbol=symbols).with_columns(claim=claims()).filter(keep)
    return found.select("shipment_id", "line_number", rule_id=pl.lit(rule.id), outcome=outcome)


def low_value(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Lines of which no ITN is recorded, though their Schedule B number is worth over the limit in its shipment."""
    at = (pl.col("activity") == "export") & (pl.col("form") == "tangible") & (pl.col("destination") != "CA")
    exports = lines.filter(at)
    sums = exports.group_by(law.GROUP).agg(total=pl.col("value_usd").clip(lower_bound=0).sum().round(2))
    open_ones = ~pl.col("itn").str.contains(r"^X\d{14}$") & pl.col("eei_exemption").is_in(["", "NOEEI 30.37(a)"])
    open_ones &= pl.col("schedule_b").str.len_chars() == 10
    here = exports.filter(open_ones).join(sums.filter(pl.col("total") > law.LIMIT_USD), on=law.GROUP)
    outcome = pl.when(pl.col("itn") == "").then(pl.lit("flagged")).otherwise(pl.lit("undetermined"))
    return here.select("shipment_id", "line_number", rule_id=pl.lit(law.LOW_VALUE), outcome=outcome)


def screen(store: str, findings: str) -> None:
    lines = pl.scan_parquet(store)
    found = pl.collect_all([*(judge(lines, rule) for rule in law.CONTROLS), low_value(lines)])
    pl.concat(found).write_parquet(findings)


if __name__ == "__main__":
    {"load": load, "screen": screen}[sys.argv[1]](*sys.argv[2:])
