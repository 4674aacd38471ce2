"""Whatever shape a file has, each of its rows is accounted for, as Python's own CSV reader counts them."""

from __future__ import annotations

import duckdb
import pytest

from tests.support.desk import Desk
from tests.support.extracts import HEADINGS, data_rows, extract, row

ROWS = [row(f"S{number}") for number in range(6)]
QUOTED = row("Q", description='"one\n\ntwo, three\n"')

WHOLE = {
    "one row": extract(ROWS[0]),
    "no line end after the last row": extract(*ROWS).rstrip("\n"),
    "CR LF": extract(*ROWS, end="\r\n"),
    "CR alone": extract(*ROWS, end="\r"),
    "CR alone, none after the last row": extract(*ROWS, end="\r").rstrip("\r"),
    "LF, then CR LF, then LF": extract(*ROWS[:2]) + "\r\n".join(ROWS[2:4]) + "\r\n" + "\n".join(ROWS[4:]),
    "LF, then CR": extract(*ROWS[:2]) + "\r".join(ROWS[2:]),
    "LF after the headings, CR LF after the rows": HEADINGS + "\n" + "\r\n".join(ROWS),
    "a byte order mark": "\ufeff" + extract(*ROWS),
    "a byte order mark and mixed line ends": "\ufeff" + extract(*ROWS[:3]) + "\r\n".join(ROWS[3:]),
    "blank lines between and after": extract(ROWS[0], "", "", *ROWS[1:], "", "", ""),
    "blank lines with CR LF": extract(ROWS[0], "", *ROWS[1:], "", end="\r\n"),
    "line ends in quoted text": extract(ROWS[0], QUOTED, *ROWS[1:]),
    "CR LF in quoted text of a file with LF": extract(row("Q", description='"one\r\ntwo"'), *ROWS),
    "nothing but line ends in quoted text": extract(row("Q", description='"\n\n"'), *ROWS),
    "line ends in quoted text and blank lines": extract(ROWS[0], "", QUOTED, "", "", *ROWS[1:], "R" + QUOTED[1:]),
    "doubled quotation marks": extract(row("Q", description='"a ""big"" pump"'), *ROWS),
    "inches": extract(row("Q", description='pipe 5" by 6"'), *ROWS),
    "one empty column too many in every row": extract(*(one + "," for one in ROWS)),
    "headings in capitals, with spaces around": extract(*ROWS).replace("description", " DESCRIPTION  "),
    "a text of a million characters": extract(row("Q", description="x" * 1_000_000), *ROWS),
    "a NUL": extract(row("Q", description="a\0b"), *ROWS),
    "scripts of many kinds": extract(row("Q", description="насос 泵 مضخة"), *ROWS),
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE.keys())
def test_every_row_of_a_whole_file_is_loaded(desk: Desk, content: str) -> None:
    done = desk.take(content)
    rows = data_rows(content.encode())
    assert (done.rows_in, done.loaded, done.quarantined) == (len(rows), len(rows), 0)
    assert {shipment for (shipment,) in desk.rows("select shipment_id from lines")} == {cells[0] for cells in rows}


ASIDE = {
    "too few columns": ("B,1,2025-02-03", "fewer columns than headings"),
    "too many columns": (row("B", description="blue, big"), "more columns than headings"),
    "too few columns, with a line end in one": ('B,1,"2025\n-02-03"', "fewer columns than headings"),
    "text after a closing quotation mark": (row("B", description='"a" b'), "a quotation mark is not closed"),
    "backslashes before quotation marks": (row("B", description=r'"a \"b\" c"'), "a quotation mark is not closed"),
    "a text that is too long": (row("B", description="x" * 3_000_000), "longer than 2,000,000 bytes"),
    "Latin-1 bytes among UTF-8": (row("B", description="caf\udce9, Prüfgerät"), "bytes that are not UTF-8"),
}


@pytest.mark.parametrize(("odd", "reason"), ASIDE.values(), ids=ASIDE.keys())
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_a_row_that_is_none_is_set_aside_with_its_reason_and_its_neighbors_are_loaded(
    desk: Desk, odd: str, reason: str, end: str
) -> None:
    content = extract(*ROWS[:3], odd.replace("\n", end), *ROWS[3:], end=end).encode(errors="surrogateescape")
    done = desk.take(content)
    assert (done.rows_in, done.loaded, done.quarantined) == (len(data_rows(content)), 6, 1)
    ((number, problem),) = desk.rows("select row_number, problems[1].reason from quarantine")
    assert number == 4
    assert reason in problem


def test_an_open_quotation_mark_in_the_last_row_costs_that_row_alone(desk: Desk) -> None:
    done = desk.take(extract(*ROWS, row("B", description='"open')))
    assert (done.rows_in, done.loaded, done.quarantined) == (7, 6, 1)


def test_a_row_in_quarantine_stands_there_as_it_came(desk: Desk) -> None:
    whole = row("A", description="Prüfgerät")
    desk.take(extract(*ROWS, whole, row("B", description="caf\udce9, cr\udce8me")).encode(errors="surrogateescape"))
    ((recorded,),) = desk.rows("select recorded from quarantine")
    assert recorded == row("B", description=r"caf\xe9, cr\xe8me")


def test_a_file_of_one_row_many_times_is_one_line(desk: Desk) -> None:
    done = desk.take(extract(*[ROWS[0]] * 500))
    assert (done.rows_in, done.loaded, done.duplicates) == (500, 1, 499)


def test_a_file_name_may_hold_what_a_shell_or_a_pattern_would_read(desk: Desk) -> None:
    desk.put(extract(*ROWS[3:]), "march1.csv")
    assert desk.take(extract(*ROWS[:3]), "march[1] (it's *new*) ü.csv").loaded == 3
    assert desk.rows("select count(*) from lines") == [(3,)]


def test_a_row_that_is_set_aside_is_kept_whole_however_long_it_is(desk: Desk) -> None:
    odd = row("B", description="x" * 12_000 + ", TAIL")
    assert desk.take(extract(*ROWS, odd, row("C"))).quarantined == 1
    assert desk.rows("select recorded from quarantine") == [(odd,)]


def test_a_home_holds_no_view_on_a_file_that_was_loaded(desk: Desk) -> None:
    name = "it's a $path.csv"
    assert desk.take(extract(*ROWS, row("B", export_on="soon"), "C,1"), name).quarantined == 2
    with duckdb.connect(str(desk.home.database), read_only=True) as connection:
        assert connection.execute("select sql from duckdb_views() where not internal").fetchall() == []
