"""Attacks, drawn by a seed: none of them may end in silence. Each kind says what "told" means for it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from flows.jobs.screen import screen_home
from flows.settings import RULES, now
from tests.support.clocks import set_clock
from tests.support.desk import Desk, make_desk
from tests.support.lines import LINE
from tests.support.office import TODAY, Office
from tests.support.parquet import rows_of
from transforms.one_select import faults_of_sql
from transforms.rulebook.check import READABLE, READABLE_ROWS

SEED = 20261201
SQL, PROOFS, VALUES, CLOCKS = 60, 70, 45, 25
"""How many attacks of each kind: 200 in all."""
AT_ONCE = 5
"""How many shipments a clock that is wrong restates."""
EXPORTS = [date(2025, 3, 3) + timedelta(days=at) for at in range(0, 60, 7)]


def random_digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def impossible_day(draw: random.Random, export: date) -> str:
    """Eight digits that are no day on which AES can have accepted a filing of an export on this one."""
    year = export.year
    return draw.choice([
        lambda: f"{year}02{draw.choice(['29', '30', '31'])}",
        lambda: f"{year}{draw.choice(['04', '06', '09', '11'])}31",
        lambda: f"{year}{draw.choice(['00', '13', '99'])}{draw.randint(1, 28):02}",
        lambda: f"{year}{draw.randint(1, 12):02}{draw.choice(['00', '32', '99'])}",
        lambda: f"{draw.choice([1, 999, 1066, 1899, 1900, 1970, 1994]):04}{draw.randint(1, 12):02}01",
        lambda: f"{draw.choice([2027, 2031, 2099, 9999])}{draw.randint(1, 12):02}01",
        lambda: f"{year - draw.randint(2, 20)}{export.month:02}{draw.randint(1, 28):02}",
        lambda: "00000000",
    ])()  # fmt: skip


def impossible_proof(draw: random.Random, export: date) -> dict[str, str]:
    """The ITN and exemption fields of a line that claims a filing which cannot be."""
    day, id_ = impossible_day(draw, export), random_digits(draw, 9)
    itn = f"X{day}{random_digits(draw, 6)}"
    no_day = f"{draw.choice(['02/30', '13/01', '04/31', '00/10', '06/00'])}/{export.year}"
    another = f"{export - timedelta(days=draw.randint(40, 900)):%m/%d/%Y}"
    bad_id = draw.choice(["", "0" * 9, "1" * 9, random_digits(draw, 5), random_digits(draw, 17), "N/A"])
    form = draw.choice(["AESPOST", "AESDOWN", "AES-POST", "aesdown"])
    return draw.choice([
        {"itn": itn}, {"itn": f"AES ITN: {itn}"}, {"itn": itn.lower()}, {"itn": f"{itn[:5]}-{itn[5:]}"},
        {"eei_exemption": f"AES {itn}"}, {"itn": f"{form} {id_} {no_day}"}, {"itn": form},
        {"eei_exemption": f"{form} {id_} {another}"}, {"eei_exemption": f"{form} {bad_id}"},
        {"itn": f"{form} {bad_id} {export:%m/%d/%Y}"},
    ])  # fmt: skip


def no_low_value(draw: random.Random) -> str:
    """What stands in a value column and is no amount above zero."""
    amount = f"{draw.randint(1, 9000)}.{draw.randint(0, 99):02}"
    return draw.choice([
        "0", "0.00", "-0.00", "-0", "0.0000", f"-{amount}", f"- {amount}", f"({amount})", f"{amount}-", f"({amount}",
        f"-${amount}", f"$-{amount}", f"{amount} CR", "TBD", "N/A", "n.a.", "free", "NCV", "#REF!", "1E+03", "nan",
        "-inf", "1e400", "0x10", "٠", "１００", f"{amount}.{amount}", "1,2,3", "..", "$", "-", "inf",
    ])  # fmt: skip


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[dict[str, str]]]]:
    """Return a desk with all the lines under attack, screened together, and those lines."""
    draw, desk = random.Random(SEED), make_desk(tmp_path_factory.mktemp("shipped"))
    attacked = []
    for at in range(PROOFS):
        export = draw.choice(EXPORTS)
        claimed = impossible_proof(draw, export)
        usual = {"shipment_id": f"P{at}", "export_on": f"{export}", "value_usd": "9000", "eei_exemption": ""}
        attacked.append(usual | claimed)
    attacked += [{"shipment_id": f"V{at}", "value_usd": no_low_value(draw)} for at in range(VALUES)]
    whole = [LINE | {"tendered_on": "", "conveyance": f"LH {row['shipment_id']}"} | row for row in attacked]
    written = "".join(";".join(row) + "\n" for row in (LINE, *(one.values() for one in whole)))
    desk.take(written, known_from=datetime(2026, 1, 5))
    screen_home(desk.home, TODAY)
    yield desk, whole


def told(desk: Desk) -> dict[str, set[str]]:
    """By shipment, the rules under which something was found; a row set aside is told too."""
    (report,) = sorted((desk.home.root / "reports").iterdir())
    found: dict[str, set[str]] = {}
    for shipment, rule in rows_of(report / "findings.parquet", "shipment_id, rule_id"):
        found.setdefault(shipment, set()).add(rule)
    for (shipment,) in desk.rows("select identity[1] from quarantine"):
        found.setdefault(shipment, set()).add("quarantine")
    return found


def test_no_impossible_proof_passes_for_a_filing(shipped: tuple[Desk, list[dict[str, str]]]) -> None:
    desk, attacked = shipped
    found = told(desk)
    silent = [row for row in attacked if row["shipment_id"][0] == "P" and "eei-filing" not in found[row["shipment_id"]]]
    assert [(row["export_on"], row["itn"], row["eei_exemption"]) for row in silent] == []


def test_no_amount_that_is_none_passes_for_a_low_value(shipped: tuple[Desk, list[dict[str, str]]]) -> None:
    desk, attacked = shipped
    found = told(desk)
    telling = {"quarantine", "eei-filing", "not-judged", "value-not-positive"}
    values = [row for row in attacked if row["shipment_id"][0] == "V"]
    assert [row["value_usd"] for row in values if not telling & found.get(row["shipment_id"], set())] == []


HOSTILE = (
    "{sql}; delete from record_verdicts", "{sql}; drop table subject; {sql}",
    "with gone as (delete from {table} returning *) {sql}",
    "with more as (insert into {table} from {table} returning *) select * from more", "{sql}) select 1; select (1",
    "select * from ({sql}) where {call} is not null", "select * from ({sql}) order by {call}",
    "select * from ({sql}) using sample 50%", "select * from ({sql}) semi join {table} on true",
    "select * from ({sql}) where exists (from '{file}')", "select * from ({sql}) where 1 in (from read_text('{file}'))",
    "select * from ({sql}) where exists (from query('from {table}'))", "copy ({sql}) to '{file}'",
    "create table own as {sql}", "attach '{file}'", "set threads = 1", "load httpfs", "explain {sql}", "{sql} union",
    "select * replace (case when true then null end as outcome) from ({sql}); --",
    "select situation_key, case when {call} is null then 'flagged' end as outcome from ({sql})",
    "select situation_key, '{outcome}' as outcome, because, missing from ({sql})",
)  # fmt: skip


def hostile_sql(draw: random.Random) -> str:
    """The SQL of a shipped check, made into more than a question."""
    shipped_sql = draw.choice(sorted(RULES.glob("checks/*/check.sql"))).read_text(encoding="utf-8").rstrip().rstrip(";")
    return draw.choice(HOSTILE).format(
        sql="select * from (\n" + shipped_sql + "\n)",
        table=draw.choice(["record_verdicts", "checks", "lines", "family_rules", "sqlite_master", "duckdb_settings"]),
        call=draw.choice(["random()", "now()", "current_date", "uuid()", "current_setting('threads')", "nextval('x')"]),
        file=draw.choice(["/etc/passwd", "out.csv", "https://example.org/x.parquet", "../earshot.duckdb"]),
        outcome=draw.choice(["Flagged", "flagged ", "", "clear", "FLAGGED", "unknown"]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", [SEED])
def test_no_sql_that_is_more_than_a_question_is_taken(seed: int) -> None:
    draw = random.Random(seed)
    attacks = [hostile_sql(draw) for _ in range(SQL)]
    taken = [text for text in attacks if not faults_of_sql(text, "x", relations=READABLE, rows=READABLE_ROWS)]
    assert taken == []


def test_no_clock_keeps_a_decision_from_what_came_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, office = random.Random(SEED), Office(make_desk(tmp_path))
    shipments = [f"C{at}" for at in range(CLOCKS)]
    office.take(*({"shipment_id": one} for one in shipments))
    office.screen(now().date())
    office.decide("false-alarm", *(office.finding(one) for one in shipments))
    office.screen(now().date())
    for at in range(0, CLOCKS, AT_ONCE):
        set_clock(monkeypatch, days=draw.choice([-1, 1]) * draw.randint(0, 9000), minutes=draw.randint(-600, 600))
        value = f"{draw.randint(10_000, 99_000)}.00"
        office.take(*({"shipment_id": one, "value_usd": value} for one in shipments[at : at + AT_ONCE]))
    set_clock(monkeypatch)
    screened = office.screen(now().date())
    assert [one for one in shipments if office.state_in(screened, one) != ["reopened"]] == []
