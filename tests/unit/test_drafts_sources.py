"""Of heading sets of real sources the draft names the kind, finds what they have, and loads without an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.layout import check_layout, draft_layout
from tests.support.desk import Desk, make_desk
from tests.support.headings import FOLDER, HeadingSet, drafted, knowledge, read_sets
from transforms.drafts.choose import Knowledge

INVENTED = read_sets(FOLDER / "invented")
SETS = {one.name: one for one in read_sets(FOLDER)}
QUICK = ("sap-vl06o-german", "ace-aes-203")
"""Loaded at every run; the others by `make long`."""
SOUGHT = ("shipment_id", "itn", "export_on", "destination", "part_number", "quantity", "value_usd")


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("drafts"))


@pytest.mark.parametrize("one", SETS.values(), ids=SETS)
def test_the_kind_is_named_and_what_the_set_has_is_found(one: HeadingSet, known: Knowledge) -> None:
    told = drafted(one, known)
    found = {choice.column: choice.heading for choice in told.choices}
    assert told.kind.name == one.kind, told.why
    assert {column: found.get(column) for column in one.finds} == one.finds
    assert sorted(question.column for question in told.questions) == one.asks


def load(desk: Desk, one: HeadingSet) -> tuple[int, int]:
    """Draft a layout for the set, ingest its file by it as it is, and return how many rows loaded, and how many not."""
    layout, extract = desk.home.root.parent / f"{one.name}.yml", desk.put(one.text, f"{one.name}.csv")
    draft_layout(desk.home, extract, None, layout, "")
    assert check_layout(layout, extract)["to_decide"] == []
    desk.add_layout(one.name, layout.read_text(encoding="utf-8"))
    loaded = ingest_file(desk.home, extract, one.name)
    return loaded.loaded, loaded.quarantined


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in SETS]
)
def test_the_draft_loads_without_an_edit(name: str, shared_desk: Desk) -> None:
    assert load(shared_desk, SETS[name]) == (5, 0)


@pytest.mark.long
@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in INVENTED if not one.asks])
def test_drafts_of_other_systems_load_without_an_edit(one: HeadingSet, shared_desk: Desk, known: Knowledge) -> None:
    if not drafted(one, known).missing:
        assert load(shared_desk, one) == (5, 0)


def test_twenty_and_more_sources_are_known_each_from_a_document() -> None:
    assert len(SETS) >= 20
    assert all(one.source for one in SETS.values())
    assert Path(FOLDER).is_dir()
