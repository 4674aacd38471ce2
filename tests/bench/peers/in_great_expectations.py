"""The rules as expectations of a Great Expectations suite over a pandas batch, with the rows that do not meet them.

`screen STORE FINDINGS`; pandas loads. What needs other lines or a look-up (the claim of a line, the sum of its
shipment) is a column that pandas makes first, as expectations look at one row.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe

from tests.bench.peers import in_pandas, law

HOW = {"result_format": "COMPLETE", "unexpected_index_column_names": ["shipment_id", "line_number"]}


def day(value: date) -> str:
    return f"'{value}'"


def words(values: Iterable[str]) -> str:
    return str(sorted(values))


def expectations(rule: law.Control) -> list[gxe.ExpectColumnValuesToNotBeInSet]:
    """What is expected of the claims of the lines that a rule reaches: by certain ones, and by those in doubt."""
    at = [f"destination in {words(rule.places | rule.places_in_doubt)}", f"activity in {words(rule.activities)}",
          f"export_on >= {day(rule.first)}"]  # fmt: skip
    if rule.items:
        at += [f"head in {words(rule.items)}", f"eccn not in {words(rule.but)}"]
    within = f" and head in {words(rule.items_in_doubt)}" if rule.items_in_doubt else ""
    doubt = [f"destination in {words(rule.places_in_doubt - rule.places)}"]
    doubt += [f"(export_on <= {day(rule.doubt_until)}{within})"]
    if rule.en_route_on:
        early = f"(tendered_on <= {day(rule.en_route_on)} and destination not in {words(rule.not_saved)})"
        if rule.exported_before:
            at += [f"not ({early} and export_on < {day(rule.exported_before)})"]
            early = f"({early} and export_on == {day(rule.exported_before)})"
        doubt += [early]
    reached, unsure = " and ".join(at), " or ".join(doubt)
    sure, in_doubt = f"{reached} and not ({unsure})", f"{reached} and ({unsure})"
    wanted = [("flagged", sure, rule.flagged), ("undetermined", sure, rule.open - rule.clear),
              ("undetermined", in_doubt, frozenset(law.CLAIMS) - rule.clear)]  # fmt: skip
    return [
        gxe.ExpectColumnValuesToNotBeInSet(
            column="claim", value_set=sorted(values), row_condition=condition, condition_parser="pandas",
            meta={"rule_id": rule.id, "outcome": outcome},
        )
        for outcome, condition, values in wanted
    ]  # fmt: skip


def low_value() -> list[gxe.ExpectColumnValuesToBeBetween]:
    at = "activity == 'export' and form == 'tangible' and destination != 'CA'"
    at += " and not is_filed and is_plain and schedule_length == 10"
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="total", max_value=law.LIMIT_USD, row_condition=f"{at} and itn {test} ''", condition_parser="pandas",
            meta={"rule_id": law.LOW_VALUE, "outcome": outcome},
        )
        for outcome, test in (("flagged", "=="), ("undetermined", "!="))
    ]  # fmt: skip


def screen(store: str, findings: str) -> None:
    lines = pd.read_parquet(store, columns=list(law.NEEDED))
    exports = (lines["activity"] == "export") & (lines["form"] == "tangible") & (lines["destination"] != "CA")
    value = lines["value_usd"].clip(lower=0).where(exports, 0)
    lines = lines.assign(
        head=lines["eccn"].str[:5], claim=in_pandas.claims(lines),
        total=value.groupby([lines[name] for name in law.GROUP], sort=False).transform("sum").round(2),
        is_filed=lines["itn"].str.fullmatch(r"X\d{14}").astype(bool),
        is_plain=lines["eei_exemption"].isin(["", "NOEEI 30.37(a)"]), schedule_length=lines["schedule_b"].str.len(),
    )  # fmt: skip
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_pandas("lines").add_dataframe_asset("lines")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": lines})
    suite = gx.ExpectationSuite("rules", [*(one for rule in law.CONTROLS for one in expectations(rule)), *low_value()])
    found = []
    for result in batch.validate(suite, result_format=HOW).results:
        if result.exception_info.get("raised_exception"):
            raise RuntimeError(result.exception_info)
        rows = result.result.get("unexpected_index_list") or []
        meta = result.expectation_config.meta
        found += [(row["shipment_id"], row["line_number"], meta["rule_id"], meta["outcome"]) for row in rows]
    columns = ["shipment_id", "line_number", "rule_id", "outcome"]
    pd.DataFrame(found, columns=columns).to_parquet(findings)


if __name__ == "__main__":
    screen(*sys.argv[2:])
