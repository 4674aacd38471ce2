"""The faults that real extracts have, each put into rows that were clean before; a row gets one fault at most."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

COUNTRY_NAMES = {"PK": "Pakistan", "KR": "Korea, South"}


def _always(text: str) -> Callable[[pa.Array], pa.Array]:
    return lambda old: pa.array([text] * len(old), pa.string())


def _each(change: Callable[[str], str]) -> Callable[[pa.Array], pa.Array]:
    return lambda old: pa.array([change(value) for value in old.to_pylist()], pa.string())


# kind: column, the pattern that its value must match before, what becomes of it
FAULTS: dict[str, tuple[str, str, Callable[[pa.Array], pa.Array]]] = {
    "unreadable_date": ("export_on", "", _always("2024-13-45")),
    "unreadable_number": ("value_usd", "", _always("12,5O0")),
    "unknown_country": ("destination", "", _always("Freedonia")),
    "missing_shipment_id": ("shipment_id", "", _always("")),
    "eccn_spreadsheet": ("eccn", "^3A", _always("3.00E+101")),
    "eccn_lower_case": ("eccn", "^3A999$", _always("3a999")),
    "eccn_ear99_spaced": ("eccn", "^EAR99$", _always("EAR 99")),
    "eccn_leading_space": ("eccn", "^2B999.j$", _always(" 2B999.J")),
    "eccn_empty": ("eccn", "^[1-6]", _always("")),
    "license_code_empty": ("license_code", "^C3", _always("")),
    "country_name": ("destination", "^(PK|KR)$", _each(lambda code: COUNTRY_NAMES[code])),
    "country_name_accent": ("destination", "^CI$", _always("Côte d'Ivoire")),
    "description_quotes": ("description", "", _each(lambda text: f'{text}, "special",\nsee drawing')),
    "description_formula": ("description", "", _always('=HYPERLINK("http://example.invalid/","click")')),
    "consignee_script": ("consignee_name", "", _always("<script>alert(1)</script> Trading")),
    "date_with_time": ("export_on", "", _each(lambda day: f"{day} 00:00:00")),
    "value_thousands": ("value_usd", r"^\d{4,}\.", _each(lambda value: f"{float(value):,.2f}")),
}
EXTRA_ROWS = ("duplicate_row", "conflicting_row")
KINDS = (*FAULTS, *EXTRA_ROWS)


def rows_added(counts: dict[str, int]) -> int:
    """How many rows `soil` adds."""
    return sum(counts.get(kind, 0) for kind in EXTRA_ROWS)


def soil(table: pa.Table, rng: np.random.Generator, counts: dict[str, int]) -> tuple[pa.Table, dict[str, int]]:
    """The table with faults, and how many rows of each kind really have one (fewer, where few rows suit it).

    Exact duplicates and conflicts (the same line with another value) are added at the end. Hand-written cases
    (shipments SC...) stay as they are. `consignee_script` takes shipments of one line: a shipment has one consignee.
    """
    free = pc.starts_with(table["shipment_id"], "SH").to_numpy().copy()
    number = table["line_number"].to_numpy()
    alone = (number == "1") & np.append(number[1:] == "1", True)
    done: dict[str, int] = {}

    def choose(kind: str, suits: np.ndarray) -> np.ndarray:
        places = np.flatnonzero(free & suits)
        picked = np.sort(rng.choice(places, min(counts.get(kind, 0), len(places)), replace=False))
        free[picked] = False
        done[kind] = len(picked)
        return picked

    again = choose("duplicate_row", np.ones(len(free), dtype=bool))
    other = choose("conflicting_row", np.ones(len(free), dtype=bool))
    conflict = table.take(other)
    raised = _each(lambda value: f"{float(value) * 1.1:.2f}")(conflict["value_usd"])
    conflict = conflict.set_column(conflict.column_names.index("value_usd"), "value_usd", raised)
    extra = [table.take(again), conflict]
    for kind, (column, pattern, change) in FAULTS.items():
        suits = pc.match_substring_regex(table[column], pattern).to_numpy()
        picked = choose(kind, suits & alone if kind == "consignee_script" else suits)
        if len(picked):
            mask = np.zeros(len(free), dtype=bool)
            mask[picked] = True
            values = table[column].combine_chunks()
            values = pc.replace_with_mask(values, mask, change(values.take(picked)))
            table = table.set_column(table.column_names.index(column), column, values)
    return pa.concat_tables([table, *extra]), done
