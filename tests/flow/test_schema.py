"""`earshot schema`: what can be queried, for a person, for a program, and as the page in the docs."""

from __future__ import annotations

from flows.settings import SHIPPED
from tests.support.command import earshot


def test_its_help_has_an_example() -> None:
    done = earshot("schema", "--help")
    assert (done.code, done.err) == (0, "")
    assert "Example: earshot schema findings.parquet" in done.out
    assert "--json" in done.out


def test_without_a_name_everything_is_listed_by_where_it_lives() -> None:
    done = earshot("schema")
    assert (done.code, done.err) == (0, "")
    assert done.out.index("Tables of a home") < done.out.index("lines") < done.out.index("findings.parquet")
    told = earshot("schema", "--json").json["relations"]
    assert {one["lives"] for one in told} >= {"home", "report", "decision"}


def test_one_relation_is_shown_with_its_columns_and_an_example() -> None:
    done = earshot("schema", "quarantine")
    assert (done.code, done.err) == (0, "")
    assert "A row is one version of a row that could not be loaded" in done.out
    assert "When it was settled, UTC" in done.out
    assert "-- What keeps rows in quarantine, and since when?" in done.out
    told = earshot("schema", "matches", "--json").json
    assert (told["name"], told["lives"], told["columns"][0]["name"]) == ("matches.parquet", "report", "source")


def test_an_unknown_name_is_wrong_usage_with_the_closest_one() -> None:
    done = earshot("schema", "lnes")
    assert (done.code, done.out) == (2, "")
    assert done.err == 'lnes: not a table or file, did you mean "lines"? To list them: earshot schema\n'


def test_the_page_is_printed_whole_or_not_at_all() -> None:
    assert earshot("schema", "--markdown").out == (SHIPPED / "docs" / "schema.md").read_text(encoding="utf-8")
    assert earshot("schema", "lines", "--markdown").code == 2
