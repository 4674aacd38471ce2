"""To schema 6: what an earlier version told in a sentence or by a name has the code that it has today."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from flows.settings import SHIPPED, Home
from tests.support.old_home import unpack
from tests.support.old_homes import question, take_over
from transforms.ingest.door.checks import COLUMN, read_checks
from transforms.ingest.problems import SENTENCES, UNKNOWN
from transforms.migrations.m006_codes import code_of

TOLD = {
    "fewer columns than headings": "too-few-columns",
    "more columns than headings; a text with a delimiter in it needs quotation marks": "too-many-columns",
    "a quotation mark is not closed, or stands inside a quoted text without being doubled": "unclosed-quote",
    "longer than 2,000,000 bytes": "too-long",
    "bytes that are not UTF-8; a layout may say another encoding": "not-text",
    "bytes that are not UTF-16; another encoding can be said with --encoding, or in the layout": "not-text",
    "no shipment reference: a line needs shipment_id and line_number": "missing",
    "no ITN: a line of a filing needs itn and line_number": "missing",
    "no part number: an item record needs one": "missing",
    "not a whole number": "not-a-whole-number",
    "not a date, from 1980 to 2099, in the forms %Y-%m-%d": "not-a-date",
    "not a date of export, from 1980 to 2099, in the forms %d.%m.%Y": "not-a-date",
    "before valid_from": "before-valid-from",
    "not a number": "not-a-number",
    "a number in two ways: nothing says whether a comma or a dot parts thousands or decimals;": "number-in-two-ways",
    "not a known country: ISO 3166 code or a name in country_names.csv": "unknown-country",
    "not one of export, reexport, in_country_transfer": "not-allowed",
    "not one of tangible, intangible": "not-allowed",
    "not one of Y, N, yes, no, true, false, 1, 0": "not-a-flag",
    "a formula that failed": "formula-error",
    "not filled in yet: nothing is confirmed": "not-confirmed",
    "not one ECCN: confirm one, with its paragraph where it has one, as 3A069.a or 3A999, or EAR99": "not-an-eccn",
    "two different rows for this line in one file: decide which one holds": "two-rows",
    "two different rows for this line of a filing in one file: decide which one holds": "two-rows",
    "two different rows for this part and day in one file: decide which one holds": "two-rows",
    "invalid state": UNKNOWN,
    "": UNKNOWN,
}
"""The sentences of schemas 4 and 5."""


@pytest.fixture(params=["schema-4", "schema-5"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return unpack(request.param, tmp_path / "old")


LATER = {
    "column_ignored_{column}", "currency_ignored_{column}", "left_out", "left_out_many", "reread_{column}",
    "status_known_{column}", "unreadable_{column}",
}  # fmt: skip
"""Checks since then: no home of schema 4 or 5 has their names without their codes."""


def test_each_problem_has_the_code_of_its_sentence_and_is_told_as_it_was(old: Home) -> None:
    with duckdb.connect(str(old.database)) as connection:
        connection.execute(
            "insert into quarantine (batch_id, row_number, problems) select 99, unnest(range(len($told))),"
            " list_transform($told, lambda one: [struct_pack(column_name := 'x', recorded := 'y', reason := one),"
            " struct_pack(column_name := '', recorded := null, reason := 'not a number')]).unnest()",
            {"told": list(TOLD)},
        )
        connection.execute(
            "insert into quarantine (batch_id, row_number, problems) values (99, -1, []), (99, -2, null)"
        )
    take_over(old)
    found = dict(question(old, "select row_number, problems from quarantine where batch_id = 99"))
    assert (found.pop(-1), found.pop(-2)) == ([], None)
    assert {one["reason"]: one["code"] for one, _ in found.values()} == TOLD
    assert {tuple(one.values())[:2] for one, _ in found.values()} == {("x", "y")}
    assert {tuple(one.values()) for _, one in found.values()} == {("", None, "not a number", "not-a-number")}


def test_the_codes_are_those_of_this_version() -> None:
    assert set(TOLD.values()) - {UNKNOWN} <= SENTENCES.keys()
    for check in read_checks(SHIPPED / "data" / "door.yml"):
        if check.name in LATER:
            continue
        column = "eccn" if COLUMN in check.name else ""
        assert code_of(check.name.replace(COLUMN, column)) == (check.code, column)
    assert code_of("our_own_check") == ("our-own-check", "")


def test_checks_of_older_extracts_have_codes_and_so_have_those_that_were_let_in(old: Home) -> None:
    before = [json.loads(door) for (door,) in question(old, "select door from batches order by batch_id")]
    take_over(old)
    after = [json.loads(door) for (door,) in question(old, "select door from batches order by batch_id")]
    assert [[{**one, "code": code_of(one["name"])[0], "column": code_of(one["name"])[1]} for one in door]
            for door in before] == after  # fmt: skip
    assert {one["code"] for one in after[0]} > {"rows", "rows-readable"}
    ((failed, codes),) = question(old, "select failed, codes from accepted")
    assert failed == ["rows_readable", "keys_present", "keys_unique", "dates_readable"]
    assert codes == ["rows-readable", "keys-present", "keys-unique", "dates-readable"]


def test_no_view_on_a_file_is_left(old: Home) -> None:
    views = "select view_name from duckdb_views() where not internal"
    assert question(old, views) == [("incoming",), ("last_findings",)]
    take_over(old)
    assert question(old, views) == []
