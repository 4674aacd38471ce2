"""The declared relations: readable, true of the tables and files that a home has, and told to who queries them."""

from __future__ import annotations

import re

import duckdb
import pytest

from flows.settings import RULES, SHIPPED
from tests.support.queried import Queried, declared_shape, live, open_for, repeated_keys, shape_of
from tests.support.shapes import Shapes, noted_shapes
from transforms.kinds import KINDS
from transforms.pipeline import fill
from transforms.relations import FOLDER, LIVES, UPSTREAM, Relation, all_declared, by_lives
from transforms.relations.page import render_page
from transforms.rulebook.compile import compile_law
from transforms.rulebook.read import read_rulebook
from transforms.sql import read_sql
from transforms.store import open_memory, open_store, tables_of_home

ROOT = FOLDER.parent
RELATIONS = all_declared()
QUERIED = [*by_lives()["home"], *by_lives()["report"]]
STORED = {"ingest", "quarantine", "situations", "retention", "contexts", "screening", "ledger", "store"}
QUIET = {"accepted", "archives", "context_state", "endings", "left_out", "migrations", "rate_files", "rates"}
"""Tables of which the examples have nothing to tell in the home of the sample."""
BRITISH = re.compile(
    r"\b(licence\w*|colour\w*|behaviour\w*|favour\w*|centre\w*|catalogue\w*|programme\w*"
    r"|\w*(?:organ|author|recogn|normal|summar|final)is(?:e|es|ed|ing|ation)|analyse\w*|judgement\w*|whilst"
    r"|travell\w*|labell\w*|modell\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Queried, Shapes]:
    with noted_shapes() as shapes:
        return live(tmp_path_factory.mktemp("queried")), shapes


@pytest.fixture
def queried(lived: tuple[Queried, Shapes]) -> Queried:
    return lived[0]


@pytest.fixture
def law() -> duckdb.DuckDBPyConnection:
    connection = open_memory()
    connection.execute(read_sql(ROOT / "rulebook" / "law.sql"))
    return connection


def of_all(relations: list[Relation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("relation", relations, ids=lambda one: one.name)


@of_all(list(RELATIONS.values()))
def test_a_declaration_tells_what_a_row_is_and_what_each_column_means(relation: Relation) -> None:
    assert relation.lives in LIVES
    assert relation.made_by in UPSTREAM
    assert relation.columns
    assert set(relation.key) <= set(relation.columns)
    for text in (relation.row, *(column.meaning for column in relation.columns.values())):
        assert text
        assert text == text.strip()
        assert text.endswith("...") or not text.endswith("."), text
        assert not BRITISH.search(text), text


@of_all(QUERIED)
def test_what_a_person_can_query_has_an_example_that_says_what_it_answers(relation: Relation) -> None:
    question, query = relation.example.split("\n", 1)
    assert re.fullmatch(r"-- .+[?.]", question)
    assert query.startswith("select ")
    assert relation.name.removesuffix(".parquet") in query


def test_records_have_the_canonical_columns_with_their_meaning() -> None:
    for kind in KINDS.values():
        columns = RELATIONS[kind.table].columns
        assert list(columns)[: len(kind.columns) + 1] == ["source", *kind.names]
        for column in kind.columns:
            assert columns[column.name].meaning.startswith(column.meaning)
            assert all(value in columns[column.name].meaning for value in column.allowed)


def test_every_table_of_a_home_is_declared_as_it_is() -> None:
    with open_memory() as connection:
        connection.execute(tables_of_home())
        made = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        assert made == {one.name for one in by_lives()["home"]}
        for name in sorted(made):
            assert shape_of(connection, name) == declared_shape(RELATIONS[name]), name
    assert {one.made_by for one in by_lives()["home"]} <= STORED


def test_every_table_of_the_law_is_declared_as_it_is(law: duckdb.DuckDBPyConnection) -> None:
    made = {name for (name,) in law.execute("select table_name from duckdb_tables()").fetchall()}
    assert made == {one.name for one in by_lives()["decision"] if one.made_by == "rulebook"}
    for name in sorted(made):
        assert shape_of(law, name) == declared_shape(RELATIONS[name]), name


def test_keys_tell_the_rows_of_the_law_apart(law: duckdb.DuckDBPyConnection) -> None:
    for name, rows in compile_law(read_rulebook(RULES, with_cases=False)).tables().items():
        fill(law, name, rows)
        assert repeated_keys(law, RELATIONS[name], name) == [], name


@of_all(QUERIED)
def test_it_is_as_declared_and_its_example_answers_something(queried: Queried, relation: Relation) -> None:
    with open_store(queried.home.database, read_only=True) as connection:
        named = open_for(connection, queried, relation)
        assert shape_of(connection, named) == declared_shape(relation)
        assert repeated_keys(connection, relation, named) == []
        rows = connection.execute(relation.example).fetchall()
        assert rows or relation.name in QUIET


def test_what_the_runner_makes_is_as_declared_and_has_one_shape(lived: tuple[Queried, Shapes]) -> None:
    seen, repeated = lived[1].seen, lived[1].repeated
    assert {name: shapes for name, shapes in seen.items() if len(shapes) > 1} == {}
    made = {name: list(*shapes) for name, shapes in seen.items() if name in RELATIONS}
    assert made == {name: declared_shape(RELATIONS[name]) for name in made}
    assert repeated == {}


def test_every_parquet_file_of_a_run_is_declared(queried: Queried) -> None:
    found = {path.name for folder in (queried.run, queried.impact) for path in folder.glob("*.parquet")}
    assert found == {one.name for one in by_lives()["report"]}


def test_the_page_of_the_schema_is_current() -> None:
    page = (SHIPPED / "docs" / "schema.md").read_text(encoding="utf-8")
    assert page == render_page(), "run `make docs`, and read what changed"
