"""What cells are read by: the macros of `sql/words/`, and the countries, currencies and license words of the law."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.pipeline import give
from transforms.rulebook.currencies import TABLE, read_currencies
from transforms.rulebook.item_facts import item_fact_forms, read_item_facts
from transforms.rulebook.places import read_table
from transforms.rulebook.statuses import read_filing_statuses
from transforms.sql import read_sql

WORDS = Path(__file__).parent / "sql" / "words"
OTHER_LANGUAGES = "country_names_de_fr.csv"
"""Names of countries in German and French, where they are written otherwise than in the table of the rulebook."""


def load_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros by which cells are read: to be called once for a connection."""
    connection.execute("\n".join(f"{read_sql(path)};" for path in sorted(WORDS.glob("*.sql"))))


def load_forms(connection: duckdb.DuckDBPyConnection, *folders: Path) -> None:
    """Make what cells are read by: `country_forms`, `currency_forms`, `license_forms`, `filing_statuses`,
    `item_fact_forms`, the macros.

    A form is a name, folded, and its code. They are made of the tables of a rulebook, and of those of the folders after
    it for what that one lacks. The words of license cells are their codes, their symbols, and the codes that go with
    NLR.
    """
    load_words(connection)
    names = country_names(*folders)
    give(connection, "country_forms", [{"name": name, "iso2": iso2} for name, iso2 in (names | _coded(names)).items()])
    currencies = next((one for one in folders if (one / TABLE).is_file()), folders[0])
    give(connection, "currency_forms", read_currencies(currencies))
    rows = read_table(folders[0] / "license_codes.csv")
    words = {
        "codes": sorted({row["code"] for row in rows}),
        "symbols": sorted({row["symbol"] for row in rows if row["symbol"]}),
        "nlr_codes": sorted({row["code"] for row in rows if row["symbol"] == "NLR"}),
    }
    give(connection, "license_forms", [words])
    give(connection, "filing_statuses", read_filing_statuses(folders[0]))
    give(connection, "item_fact_forms", [item_fact_forms(read_item_facts(*folders))])


def country_names(*folders: Path) -> dict[str, str]:
    """Return the folded names of countries with their codes: those of the rulebook, then those in other languages."""
    own = {row["name"]: row["iso2"] for row in read_table(folders[0] / "country_names.csv")}
    others = [one / OTHER_LANGUAGES for one in folders if (one / OTHER_LANGUAGES).is_file()]
    return {row["name"]: row["iso2"] for path in others for row in read_table(path)} | own


def _coded(names: dict[str, str]) -> dict[str, str]:
    """Each name of a country behind each of its codes, as screens show it: DE-GERMANY. Of two countries, it is none."""
    names_of: dict[str, list[str]] = {}
    for name, iso2 in names.items():
        names_of.setdefault(iso2, []).append(name)
    return {
        f"{code}-{name}": iso2
        for iso2, all_names in names_of.items()
        for code in all_names
        if len(code) in (2, 3) and code.isalpha()
        for name in all_names
        if len(name) > 3  # a name, no code of two or three letters
    }
