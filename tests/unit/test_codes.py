"""What is counted and what stops hang on codes: sentences may be reworded, and nothing but the words is another."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.quarantine import export_quarantine, list_quarantine, replay_quarantine
from flows.jobs.screen import screen_home
from flows.settings import SHIPPED
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.homes import make_home
from transforms.errors import DoorStopped
from transforms.ingest import problems
from transforms.ingest.canonical import NOT_FOUND, NOT_IN_TABLE
from transforms.ingest.door.checks import read_checks
from transforms.ingest.problems import SENTENCES, SQL, UNKNOWN

KEBAB = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
DOOR = SHIPPED / "data" / "door.yml"
PAGE = (SHIPPED / "data" / "README.md").read_text(encoding="utf-8")
CHECKS = [check.code for check in read_checks(DOOR)]
REWORDED = {code: f"{number} in other words {{{number % 2}}}".replace("{0}", "{noun}").replace("{1}", "{forms}")
            for number, code in enumerate(SENTENCES)}  # fmt: skip
FILES = {
    "lines.csv": extract(
        *(row(f"S{number}") for number in range(3)),
        row("N", line_number="one", export_on="soon", tendered_on="?", value_usd="much", quantity="?"),
        row("C", destination="Freedonia", consignee_country="?"), row(""),
        row("T", eccn="EAR99"), row("T", eccn="3A999"), row("F", destination="Freedonia"), "X,1", row("Y") + ",,,1",
        row("Q", description='"a" b'),
        row("Z", export_on="2025-02-03T18:30:00Z"),
    ),
    "amounts.csv": "shipment_id;line_number;export_on;activity;form;value_usd\nZ;1;2025-02-03;swim;soup;1,5\n",
    "items.csv": (
        "part_number,eccn,valid_from,valid_until,detectors,spectral,item_facts\nP,3A999,2025-01-01,,,,\n,#N/A,soon,,,,\n"
        "Q,3A999,2025-01-02,2025-01-01,x,perhaps,\nR,3A999,,,,,\nR,EAR99,,,,,\nU,3A999,,,,,rocket\n"
        "V,9A012,,,,,missile range; not missile range\n"
    ),
    "filings.csv": "itn,line_number,value_usd\nX20250101000001,1,5\n,x,5\nX3,1,?\nX4,1,1\nX4,1,2\n",
}  # fmt: skip


def counted(desk: Desk) -> dict[str, Any]:
    """Return all that is counted of rows that were set aside, and what the door measured."""
    told = list_quarantine(desk.home, date(2026, 4, 5))
    listed = [{key: one[key] for key in ("file_name", "column_name", "code", "rows", "is_open")}
              for one in told["problems"]]  # fmt: skip
    doors = [{one["name"]: (one["code"], one["observed"], one["success"]) for one in json.loads(door)}
             for (door,) in desk.rows("select door from batches order by batch_id")]  # fmt: skip
    return {"codes": told["codes"], "listed": listed, "doors": doors}


def lived(folder: Path, door: str) -> tuple[dict[str, Any], set[str]]:
    """Take every file in that the door stops, and replay what can be mended; return what is counted, and sentences."""
    folder.mkdir()
    desk = Desk(make_home(folder / "home"))
    (desk.home.root / "door.yml").write_text(door, encoding="utf-8")
    found: dict[str, Any] = {}
    for name, content in FILES.items():
        with pytest.raises(DoorStopped) as stopped:
            desk.take(content, name)
        found[f"{name}, stopped"] = stopped.value.codes, re.findall(r"\[(.+)\]$", str(stopped.value), re.MULTILINE)
        loaded = ingest_file(desk.home, desk.put(content, name), accept="it is right")
        found[name] = loaded.codes, sorted(loaded.problems.values()), loaded.rows_in, loaded.quarantined
    found["accepted"] = desk.rows("select batch_id, failed, codes from accepted order by batch_id")
    sentences = {told for (told,) in desk.rows("select distinct unnest(problems).reason from quarantine")}
    found["at first"] = counted(desk)
    export_quarantine(desk.home, folder / "out.csv")
    for layout in ("line", "items", "filings"):
        sheet = folder / f"out-{layout}.csv"
        with sheet.open(encoding="utf-8-sig", newline="") as stream:
            rows = [[cell.replace("Freedonia", "PK") for cell in cells] for cells in csv.reader(stream)]
        with sheet.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        done = replay_quarantine(desk.home, sheet)
        files = [(one["codes"], sorted(one["problems"].values())) for one in done.pop("files")]
        found[f"{layout}, replayed"] = [cells[-1] for cells in rows], files, done
    found["at last"] = counted(desk)
    screened = screen_home(desk.home, date(2026, 11, 20))
    manifest = json.loads((screened.report / "manifest.json").read_text(encoding="utf-8"))
    found["screened"] = screened.quarantine["rows"], [(one["held"], one["codes"]) for one in manifest["door"]]
    return found, sentences


def test_every_code_is_in_kebab_case_known_once_and_told_in_the_documents() -> None:
    codes = [*SENTENCES, UNKNOWN, *CHECKS]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not KEBAB.fullmatch(code)] == []
    assert [code for code in codes if f"| `{code}` |" not in PAGE] == []
    assert len(set(SENTENCES.values())) == len(SENTENCES)


def test_sql_names_the_codes_that_have_a_sentence_and_no_sentence() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SQL.rglob("*.sql")}
    setting = re.compile("problem\\(|no_amount\\(|'too-")
    named = {word for text in texts.values() if setting.search(text) for word in re.findall("'([a-z-]+)'", text)}
    assert SENTENCES.keys() <= named | {NOT_FOUND, NOT_IN_TABLE}
    pieces = {sentence.partition("{")[0].strip() for sentence in SENTENCES.values()}
    assert [path.name for path, text in texts.items() for piece in pieces if len(piece) > 12 and piece in text] == []


@pytest.mark.long
def test_reworded_sentences_change_no_count_no_stop_and_no_replay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = DOOR.read_text(encoding="utf-8")
    before, sentences = lived(tmp_path / "before", door)
    monkeypatch.setattr(problems, "SENTENCES", REWORDED)
    after, others = lived(tmp_path / "after", re.sub('meaning: ("[^"]*"|[^}]*)}', "meaning: in other words}", door))
    assert after == before
    assert before["line, replayed"][2]["loaded"] == 1
    assert sentences & others == set()
    seen = {code for name in FILES for code in before[name][0]}
    unseen = {"too-long", "not-text", "not-csv", "not-confirmed", "not-an-eccn", NOT_FOUND, NOT_IN_TABLE}
    assert SENTENCES.keys() - seen == unseen
