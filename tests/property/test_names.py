"""Whatever a name is: it is read in bounded time, met by itself, and told the same in any order of parties."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.named import band, listed, matched, prepared, shipped_words
from tests.support.party_names import FORMS, made_up
from transforms.names.align import meet
from transforms.names.bands import AGREES, Listed, band_of
from transforms.names.reach import are_open, is_beyond, own_words, tells_nothing
from transforms.names.read import Reader

READER = Reader(shipped_words())
NAMES = [name for name, _ in made_up(400, seed=3)]
HOSTILE = (
    "A" * 10_000, "Ab " * 5_000, "\u202e\u200f\u200bMilandr\u0000", "=cmd|' /C calc'!A0", "'; drop table parties; --",
    "🚀🚀 Milandr 🚀", "Мilаndr", "\ud800", "e\u0301" * 3_000, "((((((" * 500, "c/o " * 2_000, "a/k/a c/o attn",
    "．．．", "l l c " * 1_000, "1" * 5_000, "\n\r\t", "شركة" * 900, "有限公司" * 900, "%s {0} \\1 .*", "NaN", "null",
)  # fmt: skip
COMMON = "trading general engineering university harbin cn gb w 12 crystal research industry real trust system"
OWN = "zephrane tradin generaltrading generel yarrowdel wolf petrovich ivan lin abc researchh 7 ya"
PLAIN = settings(deadline=None, suppress_health_check=list(HealthCheck))


@given(st.text(max_size=300))
@PLAIN
def test_any_text_is_read_and_meets_itself(name: str) -> None:
    for part in READER.parts(name):
        assert part.words and len(part.words) <= 24
        assert meet(part.words, part.words, is_squeezed=False).is_same
    assert READER.parts(name) == READER.parts(name)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_does_no_harm_and_takes_no_time(name: str) -> None:
    begun = time.process_time()
    READER.parts(name)
    READER.parts(name, is_listed=True)
    assert time.process_time() - begun < 0.5


def test_hostile_names_do_no_harm_among_parties_and_lists() -> None:
    names = [name for name in HOSTILE if (name.strip() and name.isprintable()) or "Milandr" in name]
    names = [name.encode("utf-8", "ignore").decode() for name in names]
    connection = prepared([*listed(*((name, "RU") for name in names if name)), *listed(("Milandr Chips", "RU"))])
    found = matched(connection, [(name, "RU") for name in [*names, "Milandr Chips"]])
    assert any(row["listed_name"] == "Milandr Chips" and row["band"] == "match" for row in found)


@given(name=st.sampled_from(NAMES), form=st.sampled_from(FORMS))
@settings(PLAIN, max_examples=25)
def test_a_name_meets_itself_and_a_legal_form_changes_nothing(name: str, form: str) -> None:
    rows = listed((name, "TR"))
    assert band(name, "TR", rows) == band(f"{name} {form}", "TR", rows) != None  # noqa: E711


@given(seed=st.integers(0, 2**16))
@settings(PLAIN, max_examples=5)
def test_the_order_of_parties_and_lists_does_not_matter(seed: int) -> None:
    draw = random.Random(seed)
    rows = listed(*((name, "TR") for name in NAMES[:200]))
    parties = [(name, "TR") for name in NAMES[150:250]]
    told = [
        sorted((parties[row["party_key"]], str(row["entry_id"]), str({**row, "party_key": 0})) for row in found)
        for found in (matched(prepared(rows), parties), matched(prepared(draw.sample(rows, 200)), parties))
    ]
    assert told[0] == told[1]
    draw.shuffle(parties)
    again = matched(prepared(rows), parties)
    assert told[0] == sorted(
        (parties[row["party_key"]], str(row["entry_id"]), str({**row, "party_key": 0})) for row in again
    )


def test_what_is_said_of_a_party_does_not_turn_on_other_parties_or_entries() -> None:
    """So new parties and new lists are matched by themselves, and the rest stands."""
    rows = listed(*((name, "TR") for name in NAMES[:200]))
    parties = [(name, "TR") for name in NAMES[150:250]]
    whole = {(row["party_key"], row["entry_id"]): str(row) for row in matched(prepared(rows), parties)}
    parts = {
        (row["party_key"], row["entry_id"]): str(row)
        for some in (rows[:90], rows[90:]) for row in matched(prepared(some), parties)
    }  # fmt: skip
    assert whole == parts


def test_a_pair_that_is_passed_over_is_one_of_which_no_rule_shows_anything() -> None:
    draw = random.Random(8)
    listed = [one for one in COMMON.split() if tells_nothing([READER.word(one)])]
    passed = 0
    for _ in range(30_000):
        words = [READER.word(one) for one in draw.choices(listed, k=draw.randint(1, 5))]
        party = words * draw.randint(0, 1) + [
            READER.word(one) for one in draw.choices(COMMON.split() + OWN.split(), k=draw.randint(1, 4))
        ]
        draw.shuffle(party)
        if is_beyond(words, party, are_open(words, own_words(party))):
            passed += 1
            meeting = meet(words, party, is_squeezed=False)
            for is_person in (False, True):
                for letters in (3, 12):
                    assert band_of(meeting, Listed(is_person=is_person), AGREES, letters) is None, (words, party)
    assert passed > 5_000
