"""How many names of real companies are shown for a listed party; run by `make long` where there are such names.

`EARSHOT_COMPANY_NAMES` is a CSV file with the columns `full_name` and `country` (name of the country), such as
`resources/stocks.csv` of the package investpy 1.0.8: companies listed on stock exchanges in 2022.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from flows.settings import RULES
from tests.support.named import all_listed, matched, needs_facts, prepared
from transforms.rulebook.places import read_table

FILE = Path(os.environ.get("EARSHOT_COMPANY_NAMES", ""))
pytestmark = [
    pytest.mark.bench, needs_facts,
    pytest.mark.skipif(not FILE.is_file(), reason="EARSHOT_COMPANY_NAMES names no file"),
]  # fmt: skip
OF_BIS = ("EL", "DPL", "UVL", "MEU")
MOST_IN_A_THOUSAND, MOST_OF_ALL_LISTS = 5, 8
"""Parties shown among 1,000: for the lists of BIS; for all lists, which hold many of these companies themselves."""


def test_few_real_companies_are_shown() -> None:
    codes = {row["name"]: row["iso2"] for row in read_table(RULES / "tables" / "country_names.csv")}
    with FILE.open(encoding="utf-8", newline="") as stream:
        parties = sorted({(row["full_name"], codes.get(row["country"].upper(), "")) for row in csv.DictReader(stream)})
    shown: dict[bool, set[object]] = {True: set(), False: set()}
    for row in matched(prepared(all_listed()), parties):
        shown[False].add(row["party_key"])
        if str(row["entry_id"]).split()[0] in OF_BIS:
            shown[True].add(row["party_key"])
    share = {of_bis: 1000 * len(keys) / len(parties) for of_bis, keys in shown.items()}
    print(f"\n{len(parties)} names; shown of 1,000: {share[True]:.1f} for the lists of BIS, {share[False]:.1f} for all")
    assert share[True] < MOST_IN_A_THOUSAND and share[False] < MOST_OF_ALL_LISTS
