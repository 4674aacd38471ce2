"""A newer copy of a list beside what is held: what came, went and changed, and the days that are kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.jobs.lists import look_up_party, take_up_lists
from flows.settings import RULES
from tests.support.desk import make_desk
from tests.support.lists import csl, denied, entry, held, sdn
from transforms.errors import InputError
from transforms.lists.compare import Update, update_lists
from transforms.lists.overlay import with_lists
from transforms.lists.read import read_published
from transforms.rulebook.read import read_rulebook

AS_OF = date(2026, 11, 20)
BEFORE = date(2026, 7, 31)


def update(folder: Path, rows: list[dict], *copy: dict[str, str], as_of: date = AS_OF, **other: bool) -> Update:
    path = folder / "copy.csv"
    path.write_text(csl(*({"list": "UVL"} | one for one in copy)), encoding="utf-8")
    (found,) = update_lists(rows, read_published(path), as_of, "copy.csv", **other)
    return found


def test_what_came_is_listed_since_some_day_after_the_copy_before(tmp_path: Path) -> None:
    found = update(tmp_path, held(["Alpha"]), {"name": "Alpha"}, {"name": "Beta", "addresses": "FI"})
    assert (found.came, found.went, found.changed) == (["Beta"], [], [])
    beta = next(row for row in found.rows if row["name"] == "Beta")
    assert (beta["possible_from"], beta["listed_from"]) == (BEFORE + timedelta(1), AS_OF)
    assert (beta["confidence"], beta["requirement"], beta["countries"]) == ("bounds", "no exceptions", ["FI"])


def test_a_day_that_the_copy_prints_is_the_day_of_the_listing(tmp_path: Path) -> None:
    found = update(tmp_path, held(["Alpha"]), {"name": "Alpha"}, {"name": "Beta", "start_date": "2026-09-02"})
    beta = next(row for row in found.rows if row["name"] == "Beta")
    assert beta["possible_from"] == beta["listed_from"] == date(2026, 9, 2)


def test_what_went_was_on_the_list_up_to_the_copy_before_for_certain(tmp_path: Path) -> None:
    found = update(tmp_path, held(["Alpha", "Beta"]), {"name": "Alpha"})
    assert found.went == ["Beta"]
    beta = next(row for row in found.rows if row["name"] == "Beta")
    assert (beta["listed_from"], beta["listed_until"], beta["possible_until"]) == (date(2024, 5, 1), BEFORE, AS_OF)


def test_an_alias_that_came_has_the_day_of_the_copy_and_the_others_stay_as_they_were(tmp_path: Path) -> None:
    rows = [entry("Alpha", aliases=["Alf"])]
    found = update(tmp_path, rows, {"name": "ALPHA", "alt_names": "Alf; Alef"})
    assert found.changed == ["ALPHA"]
    (alpha,) = found.rows
    assert alpha["aliases"] == ["Alf", "Alef"] and alpha["younger_aliases"] == ["Alef @ 2026-11-20"]
    assert alpha["listed_from"] == date(2024, 5, 1) and alpha["amended_on"] is None


def test_what_is_the_same_is_no_change_and_nothing_is_lost(tmp_path: Path) -> None:
    rows = held(["Alpha", "Beta"])
    found = update(tmp_path, rows, {"name": "beta"}, {"name": "Álpha"})
    assert not found.came and not found.went and not found.changed
    assert {row["entry_id"] for row in found.rows} == {row["entry_id"] for row in rows}
    assert {row["as_of"] for row in found.rows} == {AS_OF}


def test_an_entry_that_ended_before_stays_as_it_is(tmp_path: Path) -> None:
    ended = entry("Gone", listed_until=date(2025, 1, 1), possible_until=date(2025, 1, 2))
    found = update(tmp_path, [*held(["Alpha"]), ended], {"name": "Alpha"})
    assert ended in found.rows and not found.went


def test_of_several_entries_of_one_name_each_is_found_by_its_countries(tmp_path: Path) -> None:
    rows = [entry("Alpha", entry_id="UVL-1", countries=["FI"]), entry("Alpha", entry_id="UVL-2", countries=["KZ"])]
    found = update(tmp_path, rows, {"name": "Alpha", "addresses": "KZ"})
    assert found.went == ["Alpha"]
    assert {row["entry_id"]: row["listed_until"] for row in found.rows} == {"UVL-1": BEFORE, "UVL-2": None}


def test_an_older_copy_and_a_part_of_a_list_are_refused(tmp_path: Path) -> None:
    rows = held([f"Name {at}" for at in range(30)])
    with pytest.raises(InputError, match=r"the copy is of 2026-07-31, and what is held is of 2026-07-31.*--dated"):
        update(tmp_path, rows, {"name": "Name 1"}, as_of=BEFORE)
    with pytest.raises(InputError, match=r"29 entries that are held are not in the copy.*nothing was changed"):
        update(tmp_path, rows, {"name": "Name 1"})
    assert len(update(tmp_path, rows, {"name": "Name 1"}, is_whole=True).went) == 29


def test_an_order_that_ended_since_ends_the_listing(tmp_path: Path) -> None:
    path = tmp_path / "dpl.txt"
    order = {"Name": "ALPHA", "Country": "IQ", "Effective_Date": "05/01/2024", "Expiration_Date": "10/28/2026"}
    path.write_text(denied(order), encoding="utf-8")
    rows = [entry("Alpha", "DPL", requirement="denied", countries=["IQ"])]
    (found,) = update_lists(rows, read_published(path), AS_OF, "dpl.txt")
    (alpha,) = found.rows
    assert (alpha["listed_until"], alpha["possible_until"]) == (date(2026, 10, 27), date(2026, 10, 28))


def test_a_home_takes_up_a_copy_and_screens_by_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    listed = read_rulebook(RULES, with_cases=False).listed.entries.to_pylist()
    standing = [row for row in listed if row["list"] == "UVL" and not row["possible_until"]]
    copy = [
        {"list": "UVL", "name": row["name"], "addresses": row["address"] or "; ".join(row["countries"])}
        for row in standing[1:]
    ]
    path = desk.put(csl(*copy, {"list": "UVL", "name": "Umbrel Werke GmbH", "addresses": "AT"}), "uvl.csv")
    (told,) = take_up_lists(desk.home, [path], AS_OF, are_removed=False)
    assert (told["came"], told["went"]) == (["Umbrel Werke GmbH"], [standing[0]["name"]])
    (found,) = look_up_party(desk.home, "Umbrel Werke", "at", "", AS_OF)["entries"]
    assert (found["band"], found["standing"], found["list"]) == ("match", "listed", "UVL")
    (found,) = look_up_party(desk.home, "Umbrel Werke", "at", "", AS_OF - timedelta(1))["entries"]
    assert found["standing"] == "possible"
    nobody = look_up_party(desk.home, "to order", "", "", AS_OF)
    assert (nobody["names_a_party"], nobody["entries"]) == (False, [])
    assert look_up_party(desk.home, "Harmless Trading", "", "", AS_OF)["names_a_party"]
    again = read_rulebook(desk.home.rules, with_cases=True).listed
    assert again.counted(["EL", "UVL"]) == [("EL", 3438, BEFORE), ("UVL", len(standing) + 19, AS_OF)]


def test_where_one_file_is_refused_nothing_is_taken_up(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    good = desk.put(csl({"list": "UVL", "name": "Umbrel"}), "good.csv")
    with pytest.raises(InputError, match="known form"):
        take_up_lists(desk.home, [good, desk.put("a,b\n", "bad.csv")], AS_OF, are_removed=True)
    assert not desk.home.lists.exists() and desk.home.rules == RULES


def test_a_later_list_of_the_rulebook_goes_before_an_earlier_copy_of_the_home(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "uvl.csv").write_text(
        "entry_id,list,name,requirement,listed_from,as_of,source,confidence\n"
        "UVL-old,UVL,Umbrel,no exceptions,2025-01-01,2026-01-01,copy,bounds\n",
        encoding="utf-8",
    )
    made = with_lists(RULES, lists, tmp_path / "rules", AS_OF)
    assert read_rulebook(made, with_cases=False).listed.counted(["UVL"]) == [("UVL", 240, BEFORE)]


def test_a_row_that_a_copy_repeats_comes_once(tmp_path: Path) -> None:
    beta = {"name": "Beta", "addresses": "FI"}
    found = update(tmp_path, held(["Alpha"]), {"name": "Alpha"}, beta, beta, beta | {"alt_names": "Bet"})
    assert found.came == ["Beta", "Beta"]
    assert len({row["entry_id"] for row in found.rows}) == len(found.rows) == 3


def test_rows_of_one_name_that_a_copy_does_not_tell_apart_keep_each_its_entry(tmp_path: Path) -> None:
    rows = [entry("Alpha", countries=["FI"]), entry("Alpha", countries=["EE"]) | {"entry_id": "UVL-00000001"}]
    found = update(tmp_path, rows, {"name": "Alpha"}, {"name": "Alpha"})
    assert not found.came and not found.went and len(found.rows) == 2


def test_a_listing_that_went_and_comes_again_has_an_id_of_its_own(tmp_path: Path) -> None:
    beta = {"name": "Beta", "start_date": "2026-09-02"}
    came = update(tmp_path, held(["Alpha"]), {"name": "Alpha"}, beta)
    went = update(tmp_path, came.rows, {"name": "Alpha"}, as_of=AS_OF + timedelta(1))
    again = update(tmp_path, went.rows, {"name": "Alpha"}, beta, as_of=AS_OF + timedelta(2))
    assert again.came == ["Beta"]
    assert len({row["entry_id"] for row in again.rows}) == len(again.rows) == 3


LAST = date(2024, 10, 29)
ENDED = {"list": "DPL", "listed_from": date(2019, 6, 5), "listed_until": LAST, "possible_until": LAST + timedelta(1)}


@pytest.mark.parametrize("with_old", [True, False])
def test_a_new_order_on_a_person_whose_order_ended_is_a_listing_of_its_own(tmp_path: Path, *, with_old: bool) -> None:
    new = {"Name": "Gamma", "Effective_Date": "09/01/2026", "Expiration_Date": "09/01/2031"}
    old = {"Name": "Gamma", "Effective_Date": "06/05/2019", "Expiration_Date": "10/30/2024"}
    path = tmp_path / "dpl.txt"
    path.write_text(denied(new, *([old] if with_old else [])), encoding="utf-8")
    (found,) = update_lists([entry("Gamma") | ENDED], read_published(path), AS_OF, "copy")
    assert found.came == ["Gamma"] and not found.went
    days = {(row["listed_from"], row["listed_until"]) for row in found.rows}
    assert days == {(date(2019, 6, 5), date(2024, 10, 29)), (date(2026, 9, 1), None)}


def test_an_order_that_was_renewed_did_not_end(tmp_path: Path) -> None:
    path = tmp_path / "dpl.txt"
    path.write_text(denied({"Name": "Gamma", "Effective_Date": "06/05/2019", "Expiration_Date": "10/30/2027"}), "utf-8")
    (found,) = update_lists([entry("Gamma") | ENDED], read_published(path), AS_OF, "copy")
    assert found.changed == ["Gamma"]
    (row,) = found.rows
    assert (row["listed_until"], row["possible_until"]) == (None, None)


def test_a_form_that_has_some_of_the_aliases_takes_none_away(tmp_path: Path) -> None:
    path = tmp_path / "SDN.CSV"
    path.write_text(sdn(("Delta", "", "SDGT", "a.k.a. 'New Delta'.")), encoding="utf-8")
    rows = [entry("Delta", "SDN", aliases=["Old Delta"])]
    (found,) = update_lists(rows, read_published(path), AS_OF, "copy")
    assert found.rows[0]["aliases"] == ["Old Delta", "New Delta"]
