"""The rules in pandas, vectorized: `load CSV STORE`, then `screen STORE FINDINGS`."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from tests.bench.peers import law


def load(csv: str, store: str) -> None:
    lines = pd.read_csv(csv, dtype="str", keep_default_na=False)
    for name in ("export_on", "tendered_on"):
        lines[name] = pd.to_datetime(lines[name], format="%Y-%m-%d")
    lines["value_usd"] = pd.to_numeric(lines["value_usd"])
    lines["line_number"] = lines["line_number"].astype("int32")
    lines.to_parquet(store)


def claims(lines: pd.DataFrame) -> pd.Series:
    """The claim of each line, made once for each distinct combination of what it turns on."""
    columns = ["license_code", "license_number", "exception_paragraph", "destination"]
    keys = lines[columns].copy()
    is_number = keys["license_number"].str.fullmatch(r"[A-Z]\d{6}").to_numpy(dtype=bool)
    keys["license_number"] = keys["license_number"].mask(is_number, "D000000")
    distinct = keys.drop_duplicates()
    distinct = distinct.assign(claim=[law.claim(*row) for row in distinct.itertuples(index=False, name=None)])
    return keys.merge(distinct, how="left", on=columns).set_axis(lines.index)["claim"]


def judge(lines: pd.DataFrame, rule: law.Control, head: pd.Series) -> pd.DataFrame:
    """The findings of one rule."""
    at = lines["destination"].isin(rule.places | rule.places_in_doubt)
    if rule.items:
        at &= head.isin(rule.items) & ~lines["eccn"].isin(rule.but)
    at &= lines["activity"].isin(rule.activities) & (lines["export_on"] >= pd.Timestamp(rule.first))
    here = lines[at]
    claim = claims(here)
    doubt = here["destination"].isin(rule.places_in_doubt - rule.places)
    in_time = here["export_on"] <= pd.Timestamp(rule.doubt_until)
    doubt |= in_time & (head[at].isin(rule.items_in_doubt) if rule.items_in_doubt else True)
    outcome = np.where(claim.isin(rule.flagged) & ~doubt, "flagged", "undetermined")
    keep = ~claim.isin(rule.clear)
    if rule.en_route_on:
        early = (here["tendered_on"] <= pd.Timestamp(rule.en_route_on)) & ~here["destination"].isin(rule.not_saved)
        if rule.exported_before:
            until = pd.Timestamp(rule.exported_before)
            keep &= ~(early & (here["export_on"] < until))
            early &= here["export_on"] == until
        outcome = np.where(early, "undetermined", outcome)
    found = here[["shipment_id", "line_number"]].assign(rule_id=rule.id, outcome=outcome)
    return found[keep]


def low_value(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of which no ITN is recorded, though their Schedule B number is worth over the limit in its shipment."""
    at = (lines["activity"] == "export") & (lines["form"] == "tangible") & (lines["destination"] != "CA")
    exports = lines[at]
    value = exports["value_usd"].clip(lower=0)
    total = value.groupby([exports[name] for name in law.GROUP], sort=False).transform("sum").round(2)
    open_ones = ~exports["itn"].str.fullmatch(r"X\d{14}").astype(bool) & exports["eei_exemption"].isin(
        ["", "NOEEI 30.37(a)"]
    )
    here = exports[open_ones & (total > law.LIMIT_USD) & (exports["schedule_b"].str.len() == 10)]
    outcome = np.where(here["itn"] == "", "flagged", "undetermined")
    return here[["shipment_id", "line_number"]].assign(rule_id=law.LOW_VALUE, outcome=outcome)


def screen(store: str, findings: str) -> None:
    lines = pd.read_parquet(store, columns=list(law.NEEDED))
    head = lines["eccn"].str[:5]
    found = [*(judge(lines, rule, head) for rule in law.CONTROLS), low_value(lines)]
    pd.concat(found, ignore_index=True).to_parquet(findings)


if __name__ == "__main__":
    {"load": load, "screen": screen}[sys.argv[1]](*sys.argv[2:])
