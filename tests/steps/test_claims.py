"""Under which authority a line went, 15 CFR 758.1(g), and by which keys the law knows a situation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import hand, made, told
from transforms.decide.decide import DECIDE
from transforms.decide.families import CONTROL, FILING, PARTY

CODES = [
    {"code": "C30", "kind": "license", "symbols": [], "number_form": "[A-Z][0-9]{6}", "takes_own_number": False},
    {"code": "C31", "kind": "license", "symbols": [], "number_form": "", "takes_own_number": False},
    {"code": "C33", "kind": "nlr", "symbols": ["NLR"], "number_form": "NLR", "takes_own_number": False},
    {"code": "C36", "kind": "exception", "symbols": ["GBS"], "number_form": "GBS", "takes_own_number": False},
    {"code": "C51", "kind": "exception", "symbols": ["AGR"], "number_form": "", "takes_own_number": True},
    {"code": "T10", "kind": "other_agency", "symbols": [], "number_form": "", "takes_own_number": False},
]
WELL, MAL = "well formed", "malformed"


def claims(memory, columns: str, *recorded: tuple[str | None, str | None]) -> dict[tuple, Any]:
    """What each pair of license code and what stands as license number is taken for."""
    rows = [{"license_code": code, "license_number_form": form, "exception_paragraph": ""} for code, form in recorded]
    named = [{"symbol": symbol} for symbol in ("SPP", "*")]
    given = {"control_situations": rows, "license_codes": CODES, "exception_terms": named}
    found = told(memory, CONTROL.stage, "claims", f"license_code license_number_form {columns}", given)
    return {row[:2]: row[2:] if len(row) > 3 else row[2] for row in found}


def test_a_license_is_one_letter_and_six_digits_under_its_code_or_by_itself(memory) -> None:
    expected = {
        ("C30", WELL): True, ("", WELL): True, (None, WELL): True, ("C30", MAL): False, ("C30", ""): False,
        ("C30", "05 and seven digits"): False, ("C30", "NLR"): False, ("", MAL): False,
        ("C31", WELL): False,  # it states no form of its number
    }  # fmt: skip
    licenses = {recorded: ("license", is_well_formed) for recorded, is_well_formed in expected.items()}
    assert claims(memory, "kind is_license_well_formed", *expected) == licenses


def test_a_code_a_symbol_or_both_say_under_what_it_went(memory) -> None:
    expected = {
        ("C33", "NLR"): ("nlr", None), ("C33", ""): ("nlr", None), ("", "NLR"): ("nlr", None),
        (None, "NLR"): ("nlr", None), ("C36", "GBS"): ("exception", "GBS"), ("C36", ""): ("exception", "GBS"),
        ("C36", None): ("exception", "GBS"), ("", "GBS"): ("exception", "GBS"),
        ("C51", WELL): ("exception", "AGR"), ("C51", ""): ("exception", "AGR"),  # it takes a number of its own
        ("T10", MAL): ("other_agency", None), ("T10", ""): ("other_agency", None),
    }  # fmt: skip
    assert claims(memory, "kind symbol", *expected) == expected


def test_a_code_beside_what_does_not_go_with_it_is_at_odds_and_no_license(memory) -> None:
    recorded = ("C33", "GBS"), ("C36", "NLR"), ("C33", WELL), ("C33", MAL), ("C36", WELL), ("C51", "NLR")
    found = claims(memory, "kind is_license_well_formed", *recorded)
    assert found == dict.fromkeys(recorded, ("at odds", False))


def test_a_code_or_symbol_that_nobody_knows_is_none(memory) -> None:
    recorded = ("X99", ""), ("X99", "GBS"), ("X99", WELL), ("", "ABC"), (None, "ABC")
    assert claims(memory, "kind", *recorded) == dict.fromkeys(recorded, "unknown code")


def test_nothing_recorded_is_not_the_same_as_not_known(memory) -> None:
    not_known = "not known", "the source does not provide the license authority"
    expected = {
        ("", ""): ("nothing", "no license authority is recorded"),
        (None, ""): not_known, ("", None): not_known, (None, None): not_known,
    }  # fmt: skip
    assert claims(memory, "kind recorded_authority", *expected) == expected


def test_the_authority_is_told_as_recorded_with_its_paragraph(memory) -> None:
    recorded = {"license_code": "C36", "license_number_form": "GBS", "exception_paragraph": "740.4(a)"}
    given = {"control_situations": [recorded], "license_codes": CODES, "exception_terms": []}
    rows = told(memory, CONTROL.stage, "claims", "recorded_authority", given)
    assert rows == [("recorded authority: C36 GBS 740.4(a)",)]


SUBJECT = {"situation_key": 7, "eccn": "3A999", "destination": "DE", "activity": "export", "license_code": "C33",
           "license_number_form": "NLR", "exception_paragraph": "", "form": "tangible", "itn_form": "well formed",
           "consignee_elsewhere": "", "end_user_elsewhere": ""}  # fmt: skip


def keyed(memory, *subjects: dict[str, Any]) -> list[dict[str, Any]]:
    memory.execute(CONTROL.stage.text("control_key"))
    return made(memory, DECIDE, "keyed_subjects", {"subjects": [SUBJECT | one for one in subjects]})


def test_situations_that_differ_in_what_no_control_asks_are_one_to_the_controls(memory) -> None:
    rows = keyed(memory, {}, {"situation_key": 8, "itn_form": "malformed", "form": "intangible"})
    assert len({row["control_key"] for row in rows}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"eccn": ""}, {"eccn": None}),
        ({"license_code": "", "license_number_form": "NLR"}, {"license_code": "NLR", "license_number_form": ""}),
        ({"activity": "export"}, {"activity": "reexport"}),
        ({"exception_paragraph": ""}, {"exception_paragraph": "740.9"}),
    ],
)
def test_situations_that_differ_in_what_controls_ask_are_two_to_them(memory, one, other) -> None:
    rows = keyed(memory, one, other | {"situation_key": 8})
    assert len({row["control_key"] for row in rows}) == 2


@pytest.mark.parametrize("party", ["consignee", "end_user"])
def test_a_party_elsewhere_makes_the_situation_also_that_of_its_country(memory, party: str) -> None:
    here, there = keyed(memory, {f"{party}_elsewhere": "PK"}, {"situation_key": 8, "destination": "PK"})
    assert here[f"{party}_control_key"] == there["control_key"]


def test_where_no_party_is_elsewhere_there_is_no_second_key(memory) -> None:
    (row,) = keyed(memory, {})
    assert (row["consignee_control_key"], row["end_user_control_key"]) == (None, None)


def test_the_controls_are_asked_of_each_country_that_a_situation_names_once(memory) -> None:
    elsewhere = {"consignee_elsewhere": "PK", "end_user_elsewhere": "PK"}
    keyed(memory, elsewhere, elsewhere | {"situation_key": 8, "itn_form": ""})
    assert told(memory, CONTROL.stage, "control_situations", "destination eccn") == [("DE", "3A999"), ("PK", "3A999")]


FILED = SUBJECT | {"control_key": 5, "exemption": "", "itn_form": "", "aes_state": "", "citation": "",
                   "low_value": "under"}  # fmt: skip


def filing(memory, *subjects: dict[str, Any], columns: str = "record", rules=({"id": "eei-filing"},)) -> list[tuple]:
    hand(memory, PARTY.stage, {"party_hits": (), "entries_on_lists": ()})
    given = {"keyed_subjects": [FILED | one for one in subjects], "filing": rules, "provisions": ()}
    return told(memory, FILING.stage, "filing_subjects", columns, given)


RECORDS = [
    ({"itn_form": "well formed"}, "filed"), ({"itn_form": "AESPOST"}, "cited"), ({"exemption": "ITN"}, "filed"),
    ({"exemption": "AESDOWN"}, "cited"), ({"itn_form": "well formed", "exemption": "30.37(a)"}, "filed"),
    ({"itn_form": "AESPOST", "exemption": "30.37(a)"}, "cited"), ({"itn_form": None, "exemption": "AESPOST"}, "cited"),
    ({"itn_form": "AESPOST", "citation": "another USPPI"}, "cited"),
    ({"itn_form": "AESPOST", "citation": "another date"}, "no proof"),
    ({"exemption": "AESDOWN", "citation": "no date"}, "no proof"),
    ({"itn_form": "AESPOST", "exemption": "30.37(b)", "citation": "another date"}, "legend"),
    ({"itn_form": "malformed", "exemption": "AESPOST", "citation": "another date"}, "malformed"),
    ({"itn_form": "AESPOST", "exemption": None, "citation": "another date"}, "not known"),
    ({"itn_form": "AESPOST", "aes_state": "not held"}, "citation not held"),
    ({"exemption": "AESPOST", "itn_form": None, "aes_state": "not held"}, "citation not held"),
    ({"aes_state": "held"}, "filed"), ({"itn_form": None, "aes_state": "held"}, "filed"),
    ({"itn_form": "malformed", "aes_state": "held"}, "filed"),
    ({"exemption": "30.37(a)", "aes_state": "held"}, "filed"), ({"aes_state": "may be held"}, "in question"),
    ({"itn_form": "well formed", "aes_state": "set aside"}, "in question"),
    ({"itn_form": "well formed", "aes_state": "status not known"}, "in question"),
    ({"itn_form": "well formed", "aes_state": "not held"}, "not held"),
    ({"itn_form": "well formed", "aes_state": "rejected"}, "rejected"),
    ({"itn_form": "well formed", "aes_state": "cancelled"}, "cancelled"),
    ({"itn_form": "malformed", "exemption": "30.37(a)"}, "malformed"), ({"exemption": "30.37(a)"}, "legend"),
    ({"itn_form": None, "exemption": "30.37(a)"}, "legend"), ({"exemption": "unreadable"}, "unreadable"),
    ({"itn_form": None}, "not known"), ({"exemption": None}, "not known"), ({}, "nothing"),
]  # fmt: skip


def test_evidence_goes_before_a_claim_and_a_claim_before_none(memory) -> None:
    subjects = [subject | {"situation_key": at} for at, (subject, _) in enumerate(RECORDS)]
    found = filing(memory, *subjects, columns="situation_key record")
    assert found == [(at, record) for at, (_, record) in enumerate(RECORDS)]


@pytest.mark.parametrize("activity", ["reexport", "in_country_transfer"])
def test_a_reexport_or_a_transfer_needs_no_eei(memory, activity: str) -> None:
    assert filing(memory, {"activity": activity}) == []


SHAPES = [
    ("intangible", "EAR99", "intangible"), ("tangible", "3D001", "tangible"), ("", "3A999", "tangible"),
    (None, "EAR99", "tangible"), (None, None, "tangible"), (None, "3D001", "unknown"), ("", "3E001", "unknown"),
]  # fmt: skip


def test_what_does_not_say_its_form_is_goods_unless_it_is_software_or_technology(memory) -> None:
    subjects = [{"situation_key": at, "form": form, "eccn": eccn} for at, (form, eccn, _) in enumerate(SHAPES)]
    found = filing(memory, *subjects, columns="situation_key shape")
    assert found == [(at, shape) for at, (_, _, shape) in enumerate(SHAPES)]


def test_situations_of_another_value_are_two_to_the_rules_on_filing(memory) -> None:
    rows = filing(memory, {}, {"situation_key": 8, "low_value": "over"}, columns="filing_key")
    assert len(set(rows)) == 2


def test_what_is_filed_is_one_to_the_rules_on_filing_whatever_its_schedule_b_number(memory) -> None:
    filed = {"itn_form": "well formed"}
    rows = filing(
        memory, filed | {"hs6": "710231"}, filed | {"situation_key": 8, "hs6": "902750"}, columns="filing_key"
    )
    assert len(set(rows)) == 1


def test_a_situation_goes_by_the_keys_of_its_controls_and_of_its_filing_where_it_is_an_export(memory) -> None:
    given = {
        "keyed_subjects": [{"situation_key": 7, "control_key": 5}, {"situation_key": 8, "control_key": 5}],
        "filing_subjects": [{"situation_key": 7, "filing_key": 6}],
    }
    hand(memory, FILING.stage, given)
    keys = "situation_key family subject_key"
    assert told(memory, CONTROL.stage, "control_keys", keys) == [(7, "control", 5), (8, "control", 5)]
    assert told(memory, FILING.stage, "filing_keys", keys) == [(7, "filing", 6)]
