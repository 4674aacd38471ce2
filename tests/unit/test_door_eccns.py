"""ECCNs that a spreadsheet made numbers stop the file above a share; below it each is found as what it is."""

from __future__ import annotations

from datetime import date

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.odd_files import workbook
from transforms.errors import DoorStopped

SHARE = 100
"""One of so many ECCNs may be a number."""


def lines(numbers: list[str], good: int) -> str:
    """An extract with these ECCNs, and as many good ones; as many lines again are without any."""
    eccns = [*numbers, *["3E001"] * good, *[""] * good]
    return extract(*(row(f"S{place}", eccn=eccn) for place, eccn in enumerate(eccns)))


@pytest.mark.parametrize("number", ["30", "3.00E+01", "3E+01", "3,00E+01", "30.0", "1.00E+100", "0"])
def test_a_file_with_too_many_eccns_that_are_numbers_is_stopped(guarded: Desk, number: str) -> None:
    told = number if "," not in number else f'"{number}"'
    with pytest.raises(DoorStopped, match=r"eccn_numbers: ECCNs are not numbers.*\[eccn-numbers\]") as stopped:
        guarded.take(lines([told, told], 2 * SHARE - 3))
    assert stopped.value.codes == ("eccn-numbers",)
    assert guarded.rows("select count(*) from lines") == [(0,)]


def test_below_the_share_the_line_loads_and_its_eccn_is_found(guarded: Desk) -> None:
    done = guarded.take(lines(["30", "3.00E+01"], 2 * SHARE - 2))
    assert (done.quarantined, done.loaded) == (0, 4 * SHARE - 2)
    assert guarded.rows("select shipment_id, eccn from lines where eccn not in ('', '3E001') order by 1") == [
        ("S0", "30"), ("S1", "3.00E+01"),
    ]  # fmt: skip
    folder = screen_home(guarded.home, date(2026, 11, 20)).report
    found = guarded.rows(
        f"select shipment_id, rule_id, outcome from '{folder}/findings.parquet' where shipment_id in ('S0', 'S1')"
        " and rule_id like 'eccn%' order by all"
    )
    assert found == [("S0", "eccn-malformed", "flagged"), ("S1", "eccn-malformed", "flagged")]


def test_a_layout_sets_its_own_share(guarded: Desk) -> None:
    guarded.add_layout(
        "own",
        "id: own\ntitle: Own\ncolumns: {shipment_id: Ref, line_number: No, export_on: Day, eccn: E, destination: To}\n"
        'door: {eccn_numbers: "0.5"}\n',
    )
    text = "Ref,No,Day,E,To\n" + "".join(f"S{at},1,2025-02-03,{'30' if at < 5 else '3E001'},PK\n" for at in range(10))
    assert guarded.take(text).loaded == 10
    with pytest.raises(DoorStopped, match=r"eccn_numbers: .*found 0\.6, allowed: at most 0\.5"):
        guarded.take(text.replace("3E001", "30", 1).replace("S", "T"))


def test_parts_of_a_workbook_are_held_to_the_same(guarded: Desk) -> None:
    def fill(book: object, sheet: object) -> None:
        sheet.write_row(0, 0, ["part_number", "eccn"])
        for at in range(SHARE):
            sheet.write_row(at + 1, 0, [f"P{at}", 30 if at < 2 else "3E001"])

    path = guarded.put(workbook(fill), "parts.xlsx")
    with pytest.raises(DoorStopped, match="eccn_numbers"):
        ingest_file(guarded.home, path)
    assert ingest_file(guarded.home, path, accept="they are placeholders").loaded == SHARE


def test_without_eccns_nothing_is_measured(guarded: Desk) -> None:
    assert guarded.take(lines([], 0) + row("A", eccn="") + "\n").loaded == 1
