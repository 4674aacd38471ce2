"""Rulebooks of before comparisons had SQL of their own: they load, state what they stated, and prove what they can."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import RULES, Home
from tests.support.comparing import NUMBERS, shipped
from tests.support.desk import Desk
from tests.support.office import TODAY, Office
from tests.support.old_home import unpack
from transforms.compare.read import read_comparisons
from transforms.compare.rules import ComparisonVersion, NamedParameter
from transforms.rulebook.kept import unpack_rulebook

ITN = "X20250301000001"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the rulebook that a home of schema 4 kept."""
    home = unpack("schema-4", tmp_path_factory.mktemp("old"))
    (kept,) = home.rulebooks.iterdir()
    return unpack_rulebook(home.rulebooks, kept.stem, home.root)


def with_numbers(version: ComparisonVersion) -> ComparisonVersion:
    """A version with the number of the law in place of the parameter that it names, as none was named before.

    Its authority is left out: each states its own.
    """
    numbers = {row["name"]: row["number"] for row in NUMBERS}
    terms = {
        name: numbers[term.parameter] if isinstance(term, NamedParameter) else term
        for name, term in version.terms.items()
    }
    return version.model_copy(update={"terms": terms, "authority": ()})


def test_it_is_read_with_the_sql_of_this_version_and_the_figures_of_its_own(before: Path) -> None:
    rules, faults = read_comparisons(before, shipped=RULES)
    assert not faults
    then, now = (
        {rule.id: (tuple(map(with_numbers, rule.versions)), rule.queries) for rule in read}
        for read in (rules, shipped().values())
    )
    assert then == now
    assert all(rule.stands_in for rule in rules) and not any(rule.stands_in for rule in shipped().values())


@pytest.mark.parametrize(
    ("name", "stated", "changed", "rule_id", "term", "value"),
    [
        ("value-differs", 'percent: "1"', 'percent: "2.5"', "value-differs", "tolerance_percent", "2.5"),
        ("value-declared-low", 'usd: "2500"', 'usd: "3000"', "value-differs", "threshold_usd", "3000"),
        ("value-declared-low", 'usd: "2500"', 'usd: "3000"', "shipped-not-filed", "threshold_usd", "3000"),
        ("consignee-differs", '"0.9"', '"0.8"', "consignee-differs", "similarity", "0.8"),
    ],
)
def test_a_figure_of_its_own_is_kept(before: Path, tmp_path: Path, name, stated, changed, rule_id, term, value) -> None:
    root = shutil.copytree(before, tmp_path / "rules")
    path = root / "reconcile" / name / "rule.yml"
    text = path.read_text(encoding="utf-8")
    assert stated in text
    path.write_text(text.replace(stated, changed), encoding="utf-8")
    rules, faults = read_comparisons(root, shipped=RULES)
    assert not faults
    (rule,) = [one for one in rules if one.id == rule_id]
    assert str(rule.versions[0].terms[term]) == value


def test_without_what_stands_in_each_is_refused_and_says_why(before: Path) -> None:
    rules, faults = read_comparisons(before)
    assert rules == () and len(faults) == 15
    assert all("comparisons were part of the program" in fault.problem for fault in faults)


@pytest.fixture
def office(desk: Desk, before: Path) -> Office:
    """Return an office with a rulebook of before, a line, and its filing to another country."""
    shutil.copytree(RULES, desk.home.root / "rules")
    shutil.rmtree(desk.home.root / "rules" / "reconcile")
    shutil.copytree(before / "reconcile", desk.home.root / "rules" / "reconcile")
    office = Office(desk)
    office.take({"shipment_id": "A", "itn": ITN, "destination": "DE"})
    filing = f"itn,shipment_reference,line_number,export_on,status,destination\n{ITN},A,1,2025-02-03,accepted,FR\n"
    desk.take(filing, "filings.csv")
    return office


def test_a_home_with_such_a_rulebook_works_on_and_its_runs_are_proved(office: Office) -> None:
    assert screen_home(office.desk.home, TODAY).findings["destination-differs"] == {"flagged": 1}
    assert [one.reproduced for one in verify(office.desk.home).runs] == [True]


@pytest.mark.long
def test_where_the_sql_of_this_version_says_otherwise_a_run_cannot_be_proved(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home: Home = office.desk.home
    screen_home(home, TODAY)
    ours = shutil.copytree(RULES, tmp_path / "ours")
    sql = ours / "reconcile" / "destination-differs" / "compare.sql"
    sql.write_text(sql.read_text(encoding="utf-8").replace("AES filing shows ", "AES says "), encoding="utf-8")
    monkeypatch.setattr("flows.jobs.law.RULES", ours)
    from flows.jobs import law

    law._read_rules.cache_clear()
    law._read_law.cache_clear()
    proved = verify(home)
    law._read_rules.cache_clear()
    law._read_law.cache_clear()
    assert (proved.holds, proved.runs[0].reproduced) == (True, None)
    assert "predates the SQL of comparisons" in proved.runs[0].why
