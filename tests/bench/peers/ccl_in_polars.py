"""The Commerce Control List in polars, by joins of entry and destination: `screen STORE TABLES FINDINGS`.

As a competent user would write it: which rows of its entry may reach an ECCN is told once for each ECCN that the lines
have; the lines are joined to those rows, and to the destinations of each row. Lines that claim a license exception are
left out, as are item records, orders and explanations.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl

ECCN = r"^[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*$"


def screen(store: str, tables: str, findings: str) -> None:
    rows, places = pl.read_parquet(Path(tables) / "rows.parquet"), pl.scan_parquet(Path(tables) / "places.parquet")
    lines = pl.scan_parquet(store).filter(pl.col("eccn").str.contains(ECCN)).with_columns(claim=claims())
    lines = lines.filter(pl.col("claim").is_in(["nlr", "unknown"])).select(
        "shipment_id", "line_number", "eccn", "destination", "activity", "export_on", "claim"
    )
    reaching = of_eccns(lines.select("eccn").unique().collect()["eccn"].to_list(), rows.to_dicts())
    hits = (
        lines.join(reaching.lazy(), on="eccn")
        .filter(
            pl.col("export_on").is_between("row_from", "row_until")
            & pl.col("activities").list.contains(pl.col("activity"))
        )
        .join(places, on=["place", "destination"])
        .filter(pl.col("export_on").is_between("place_from", "place_until"))
    )
    key = ["shipment_id", "line_number"]
    notes = hits.filter(pl.col("cancels").list.len() > 0).explode("cancels")
    notes = notes.group_by(*key, reason="cancels").agg(
        is_cancelled=(pl.col("is_item") & pl.col("is_sure") & pl.col("is_firm_note")).any()
    )
    held = hits.filter(pl.col("cancels").list.len() == 0).join(notes, on=[*key, "reason"], how="left")
    sure = (pl.col("claim") == "nlr") & pl.col("is_item") & pl.col("is_firm") & pl.col("is_sure")
    sure &= pl.col("is_cancelled").is_null()
    outcome = pl.when("is_flagged").then(pl.lit("flagged")).otherwise(pl.lit("undetermined"))
    found = (
        held.filter(pl.col("is_cancelled").fill_null(value=False).not_())
        .group_by(*key, "rule_id")
        .agg(is_flagged=sure.any())
        .select(*key, "rule_id", outcome=outcome)
    )
    found.collect().write_parquet(findings)


def claims() -> pl.Expr:
    """The claim of a line: a license settles it, NLR does not, and an exception is not for this peer."""
    code, number = pl.col("license_code"), pl.col("license_number")
    return (
        pl.when(code == "C30")
        .then(pl.when(number.str.contains(r"^[A-FH-Y]\d{6}$")).then(pl.lit("license")).otherwise(pl.lit("unknown")))
        .when(code == "C33")
        .then(pl.when(number.is_in(["", "NLR"])).then(pl.lit("nlr")).otherwise(pl.lit("unknown")))
        .when((code == "") & (number == ""))
        .then(pl.lit("nlr"))
        .otherwise(pl.lit("exception"))
    )


def of_eccns(eccns: list[str], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The rows that may reach each ECCN: `is_item` tells whether they do for sure, `is_firm` whether they decide."""
    by_entry: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_entry.setdefault(row["entry"], []).append(row)
    told = []
    for eccn in eccns:
        for row in by_entry.get(eccn[:5], []):
            named, but = (_covered(row[name], eccn) for name in ("words", "but"))
            if named == "no" or but == "yes":
                continue
            is_item = named == "yes" and but == "no"
            if not is_item and row["is_condition"] and "." not in eccn:
                continue
            firm = _covered(row["doubted"], eccn) == "no" if row["is_doubted"] else row["is_firm"]
            told.append({**row, "eccn": eccn, "is_item": is_item, "is_firm": firm})
    kept = ("eccn", "rule_id", "reason", "is_item", "is_firm", "is_firm_note", "cancels", "activities", "place",
            "row_from", "row_until")  # fmt: skip
    return pl.DataFrame(told, infer_schema_length=None).select(kept).cast({"cancels": pl.List(pl.String)})


def _covered(words: list[str], eccn: str) -> str:
    if any(eccn == word or eccn.startswith(f"{word}.") for word in words):
        return "yes"
    return "maybe" if any(word.startswith(f"{eccn}.") for word in words) else "no"


if __name__ == "__main__":
    screen(*sys.argv[2:])
