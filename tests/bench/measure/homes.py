"""Files and homes of one size, made before anything is measured: each work begins in a copy of one of them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from data.sample.catalog import FILED
from data.sample.generate import write_csv
from data.sample.year import START, UNTIL, generate_year, item_master
from flows.settings import RULES
from tests.bench.measure.child import earshot
from transforms.kinds import ITEMS

FIRST_DAY, NEXT_DAY = UNTIL + timedelta(1), UNTIL + timedelta(2)
NIGHT, CHANGED_PARTS, PREFECT = 10_000, 20, "prefect"
NEVER = 7_200.0
"""Seconds after which something is amiss, whatever the budget."""


@dataclass(frozen=True)
class Homes:
    """The folder of one size: `csv` and homes `loaded` (not screened yet) and `screened`."""

    root: Path
    lines: int

    @property
    def csv(self) -> Path:
        return self.root / "year.csv"

    @property
    def loaded(self) -> Path:
        return self.root / "loaded"

    @property
    def screened(self) -> Path:
        return self.root / "screened"

    @property
    def findings(self) -> Path:
        return next(self.screened.glob("reports/*/findings.parquet"))

    def copy(self, of: Path, name: str = "work") -> Path:
        """A home in the state of another: landed files are linked, all else is copied."""
        target = self.root / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(of, target, ignore=shutil.ignore_patterns("landed"))
        shutil.copytree(of / "landed", target / "landed", copy_function=os.link, dirs_exist_ok=True)
        return target

    def empty(self, name: str = "work") -> Path:
        target = self.root / name
        shutil.rmtree(target, ignore_errors=True)
        earshot(["init"], target, NEVER)
        shutil.copytree(self.root.parent / PREFECT / "state", target / "state", dirs_exist_ok=True)
        return target


def warm_prefect(folder: Path) -> None:
    """A home whose Prefect was started before; all others begin with its state, as on every night but the first."""
    home = folder / PREFECT
    earshot(["init"], home, NEVER)
    earshot(["nightly", "--as-of", str(FIRST_DAY)], home, NEVER)


def prepare(root: Path, lines: int) -> Homes:
    """Write the clean extract, load it with its item master, and screen it."""
    homes = Homes(root, lines)
    root.mkdir(parents=True, exist_ok=True)
    write_csv(generate_year(lines), homes.csv)
    write_csv(iter([item_master()]), root / "items.csv", ITEMS.names)
    write_csv(iter([item_master(CHANGED_PARTS)]), root / "items-changed.csv", ITEMS.names)
    night = generate_year(min(NIGHT, lines), start=UNTIL, until=FIRST_DAY, first_shipment=900_000_000)
    write_csv(night, root / "night.csv")
    for name in ("year.csv", "items.csv"):
        home = homes.empty("loaded") if name == "year.csv" else homes.loaded
        earshot(["ingest", str(root / name)], home, NEVER)
    homes.copy(homes.loaded, "screened")
    earshot(["screen", "--as-of", str(FIRST_DAY)], homes.screened, NEVER)
    return homes


def with_another_rule(home: Path) -> None:
    """One control of the home reaches one ECCN more."""
    shutil.copytree(RULES, home / "rules")
    path = home / "rules" / "controls" / "pakistan-rs" / "rule.yml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("6A996]", "6A996, 1C980]")
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def with_another_table(home: Path) -> None:
    """One country more is in Country Group D:5, from a day of the history on."""
    shutil.copytree(RULES, home / "rules")
    with (home / "rules" / "tables" / "country_groups.csv").open("a", encoding="utf-8") as stream:
        stream.write("KE,Kenya,D:5,2025-03-01,,,a synthetic change for the benches\n")


def write_filings(homes: Homes) -> Path:
    """What AES holds of the lines with an ITN, in another order; one filing line in a hundred differs in value."""
    path = homes.root / "filings.csv"
    held = {
        "shipment_reference": "shipment_id", "status": "'accepted'", "filer_id": "usppi_id",
        "value_usd": "round(value_usd::decimal(18, 2) * if(hash(itn) % 100 = 0, 2, 1))::bigint", "eccn": "eccn[:5]",
    }  # fmt: skip
    columns = ", ".join(f"{held.get(name, name)} as {name}" for name in FILED)
    with duckdb.connect() as connection:
        connection.execute(f"set temp_directory = '{homes.root}'")
        connection.execute(
            f"copy (select {columns} from read_csv('{homes.csv}', all_varchar = true) where length(itn) = 15"
            f" order by hash(itn)) to '{path}' (header)"
        )
    return path


def days(first: date = START, last: date = UNTIL) -> list[str]:
    return ["--from", str(first), "--to", str(last)]
