"""Delimited text of every odd kind loads as the plain file of the same rows does, and tells where its headings were."""

from __future__ import annotations

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.odd_files import NAMES, PLAIN, ROWS, alv, delimited
from transforms.errors import InputError

TITLE = [["Shipments, February"], ["Plant 1000"], []]
TITLED = [*TITLE, NAMES, *ROWS]
LINES = PLAIN.splitlines()
TEXTS: dict[str, tuple[str | bytes, str]] = {
    "title and blank rows": (delimited(TITLED), "comma, UTF-8, headings in row 4"),
    "title rows, semicolons": (delimited(TITLED, ";"), "semicolon, UTF-8, headings in row 4"),
    "a title with delimiters and line ends": (
        delimited([["one\ntwo", "c,d"], ["e, f, g"], NAMES, *ROWS]), "comma, UTF-8, headings in row 3",
    ),
    "a title of bare delimiters": (f"Report, of, all\nBy: J. Doe\n\n{PLAIN}", "comma, UTF-8, headings in row 4"),
    "a title with stray quotation marks": (
        f'Pipes of 5"\n"Report" of today\n\n{PLAIN}', "comma, UTF-8, headings in row 4",
    ),
    "a quotation mark that a title opens": (f'"Report of today\n\n{PLAIN}', "comma, UTF-8, headings in row 3"),
    "sep=;": ("sep=;\n" + delimited([NAMES, *ROWS], ";"), "semicolon, UTF-8, headings in row 2"),
    "SEP=; and title rows": ("SEP=;\r\n" + delimited(TITLED, ";", "\r\n"), "semicolon, UTF-8, headings in row 5"),
    "sep= a tab": ("sep=\t\n" + delimited([NAMES, *ROWS], "\t"), "tab, UTF-8, headings in row 2"),
    "sep= any sign": ("sep=^\n" + delimited([NAMES, *ROWS], "^"), "'^', UTF-8, headings in row 2"),
    "sep= in UTF-16": (
        ("sep=;\r\n" + delimited([NAMES, *ROWS], ";", "\r\n")).encode("utf-16"),
        "semicolon, UTF-16, headings in row 2",
    ),
    "UTF-16 with title rows": (
        delimited(TITLED, "\t", "\r\n").encode("utf-16"), "tab, UTF-16, headings in row 4",
    ),
    "UTF-16 without a mark, with title rows": (
        delimited(TITLED, "\t").encode("utf-16-le"), "tab, UTF-16, low byte first, headings in row 4",
    ),
    "CR alone": (delimited(TITLED, ",", "\r"), "comma, UTF-8, headings in row 4"),
    "title rows that end otherwise": (
        delimited([*TITLE, NAMES], ",", "\r\n") + delimited(ROWS), "comma, UTF-8, headings in row 4",
    ),
    "a delimiter at the end of each row": ("".join(f"{line},\n" for line in LINES), "comma, UTF-8"),
    "one at the end of each row but the headings": (
        LINES[0] + "\n" + "".join(f"{line},\n" for line in LINES[1:]), "comma, UTF-8",
    ),
    "headings in row 60": (
        delimited([*[["a note"]] * 59, NAMES, *ROWS]), "comma, UTF-8, headings in row 60",
    ),
    "a list of SAP": (alv("03.02.2025  Shipments  1", ""), "columns between bars, UTF-8, headings in row 4"),
    "a list of SAP in Windows-1252": (
        alv("Lieferungen für 1000").encode("cp1252"), "columns between bars, Windows-1252, headings in row 3",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk that has taken the plain file."""
    desk = make_desk(tmp_path_factory.mktemp("plain"))
    done = desk.take(PLAIN, "plain.csv")
    assert (done.loaded, done.quarantined, done.read_as) == (3, 1, "comma, UTF-8")
    return desk


@pytest.mark.parametrize(("content", "told"), TEXTS.values(), ids=TEXTS.keys())
def test_an_odd_text_is_the_same_records_as_the_plain_one(plain: Desk, content: str | bytes, told: str) -> None:
    done = plain.take(content, "odd.txt")
    assert (done.rows_in, done.duplicates, done.quarantined, done.read_as) == (4, 3, 1, told)
    aside = "select row_number, problems[1].recorded from quarantine where file_name = 'odd.txt'"
    assert plain.rows(f"{aside} order by batch_id desc limit 1") == [(3, "Freedonia")]


def test_page_heads_of_a_list_cost_no_line(plain: Desk) -> None:
    done = plain.take(alv("Shipments", heads=2), "pages.txt")
    assert (done.duplicates, done.loaded, done.read_as) == (3, 0, "columns between bars, UTF-8, headings in row 3")
    assert done.rows_in == 3 + done.quarantined + done.left_out


def test_a_cell_under_no_heading_is_told_by_its_row(desk: Desk) -> None:
    text = LINES[0] + ",\nshort\n\n" + "".join(f"{line},\n" for line in LINES[1:3]) + f"{LINES[3]},a note\n"
    with pytest.raises(InputError, match=r"odd\.csv: column 9 is a column without a heading, and row 4 has text"):
        desk.take(text, "odd.csv")


def test_headings_alone_are_a_file_without_rows(desk: Desk) -> None:
    for text in (delimited([NAMES]), delimited([*TITLE, NAMES]), "sep=,\n" + delimited([NAMES])):
        assert desk.take(text, again=True).rows_in == 0


OWN = """
id: own
title: Own
format: {heading_row: %s}
columns:
  shipment_id: Shipment No
  line_number: Item
  export_on: Ship Date
  activity: Activity
  destination: Country
  description: Words
  eccn: ECCN
  value_usd: Amount
"""
OWN_NAMES = ["Shipment No", "Item", "Ship Date", "Activity", "Country", "Words", "ECCN", "Amount"]


@pytest.mark.parametrize(
    ("stated", "above"), [("4", TITLE), ("71", [["a note"]] * 70), ("[3, 4]", [["t"], [], []])]
)
def test_headings_stand_where_the_layout_says(desk: Desk, stated: str, above: list[list[str]]) -> None:
    desk.add_layout("own", OWN % stated)
    done = desk.take(delimited([*above, OWN_NAMES, *ROWS]))
    assert (done.layout, done.loaded, done.quarantined) == ("own", 3, 1)


@pytest.mark.parametrize("stated", ["1", "3", "[2, 3]", "70"])
@pytest.mark.parametrize("layout", [None, "own"])
def test_headings_that_stand_elsewhere_are_told_with_their_row(desk: Desk, stated: str, layout: str | None) -> None:
    desk.add_layout("own", OWN % stated)
    with pytest.raises(InputError, match="the headings of the layout 'own' are in row 4, and it says row"):
        desk.take(delimited([*TITLE, OWN_NAMES, *ROWS]), layout=layout)


def test_headings_too_far_down_are_told_how_to_be_found(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"in the first 60 rows\. If they stand further down, say where"):
        desk.take(delimited([*[["a note"]] * 70, NAMES, *ROWS]))


def test_headings_that_come_again_do_not_hide_the_rows_above_them(desk: Desk) -> None:
    table = [[*NAMES[:-1], "Clerk"], *ROWS, NAMES, *ROWS]
    with pytest.raises(InputError, match="unknown heading 'Clerk'"):
        desk.take(delimited(table))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["Shipment", "", "", "Activity", "Country", "Words", "ECCN", "Amount"], ["No", "Item", "Date", *[""] * 5]),
        (["Shipment"] * 3 + OWN_NAMES[3:], ["No", "Item", "Date", *OWN_NAMES[3:]]),
    ],
    ids=["gaps", "repeats"],
)
def test_headings_in_two_rows_are_joined(desk: Desk, upper: list[str], lower: list[str]) -> None:
    desk.add_layout("own", (OWN % "[]").replace("format: {heading_row: []}\n", "").replace(
        "Item", "Shipment Item").replace("Ship Date", "Shipment Date"))  # fmt: skip
    done = desk.take(delimited([["A title"], upper, lower, *ROWS]))
    assert (done.loaded, done.quarantined, done.read_as) == (3, 1, "comma, UTF-8, headings in rows 2 and 3")
