"""15 CFR 30.37(a) where a part of the key of a group is not recorded: what it may belong with, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import made, told
from transforms.contexts.contexts import SHIPMENT_VALUE

DAY = "2025-03-03"
ALWAYS = [{"from_on": "0001-01-01", "until_on": "9999-12-31", "threshold_usd": "2500"}]
LINE = {
    "line_id": 1, "realm": 0, "source": "erp", "shipment_id": "S", "export_on": DAY, "activity": "export",
    "form": "tangible", "schedule_b": "8413600000", "usppi_id": "123456789", "usppi_name": "Acme", "destination": "DE",
    "consignee_name": "Beta GmbH", "conveyance": "LH 401", "origin_df": "D", "value_group": None,
}  # fmt: skip


def partial(memory, *lines: dict[str, Any], realms=()) -> list[tuple]:
    given = {"value_lines": [LINE | one for one in lines], "numbered_realms": [{"realm": one} for one in realms]}
    return told(memory, SHIPMENT_VALUE, "partial_lines", "line_id bundle_key", given)


def test_a_line_without_a_group_may_belong_to_one(memory) -> None:
    assert len(partial(memory, {"conveyance": ""})) == 1


def test_a_line_of_a_whole_group_belongs_to_it(memory) -> None:
    assert partial(memory, {"value_group": 5}, realms=[0]) == []


@pytest.mark.parametrize("number", ["", None])
@pytest.mark.parametrize(("realms", "count"), [([0], 1), ([9], 0), ([], 0)])
def test_a_usppi_named_by_name_alone_is_in_doubt_where_others_of_the_realm_have_numbers(memory, number, realms, count):
    assert len(partial(memory, {"value_group": 5, "usppi_id": number}, realms=realms)) == count


@pytest.mark.parametrize(
    "line", [{"activity": "reexport"}, {"activity": "in_country_transfer"}, {"form": "intangible"}]
)
def test_what_is_no_export_of_goods_belongs_to_no_group(memory, line) -> None:
    assert partial(memory, line) == []


def test_lines_alike_in_what_is_known_of_them_are_one_bundle_however_names_are_written(memory) -> None:
    rows = partial(memory, {"consignee_name": "BETA, gmbh", "conveyance": ""}, {"line_id": 2, "conveyance": None})
    assert len({bundle for _, bundle in rows}) == 1


def test_lines_of_two_days_are_two_bundles(memory) -> None:
    assert len({bundle for _, bundle in partial(memory, {}, {"export_on": "2025-03-04"})}) == 2


def neighbors(memory, *groups: dict[str, Any], **part: str | None) -> list[int]:
    given = {
        "value_lines": [
            LINE | {"line_id": at, "value_key": at, "value_group": at} | one for at, one in enumerate(groups)
        ],
        "partial_lines": [{"line_id": 99, "export_on": DAY, "destination": "DE", "consignee": "BETAGMBH"} | part],
    }
    return [key for (key,) in told(memory, SHIPMENT_VALUE, "neighbor_groups", "bundle_key", given)]


NUMBERS = [{}, {"schedule_b": "9027509000"}, {"export_on": "2025-03-04"}]


def test_a_line_may_belong_to_the_groups_of_its_day_under_its_schedule_b_number(memory) -> None:
    assert neighbors(memory, *NUMBERS, schedule_b="8413600000") == [0]


def test_a_line_without_a_schedule_b_number_may_belong_to_any_group_of_its_day(memory) -> None:
    assert neighbors(memory, *NUMBERS, schedule_b=None) == [0, 1]


@pytest.mark.parametrize(("destination", "found"), [("DE", [0]), ("FR", [1]), (None, [0, 1])])
def test_a_line_may_belong_to_the_groups_to_its_destination_or_to_any_where_it_has_none(memory, destination, found):
    assert neighbors(memory, {}, {"destination": "FR"}, schedule_b=None, destination=destination) == found


@pytest.mark.parametrize(("consignee", "found"), [("BETAGMBH", [0]), ("GAMMA", [1]), (None, [0, 1])])
def test_a_line_may_belong_to_the_groups_of_its_consignee_or_of_any_where_it_has_none(memory, consignee, found):
    assert neighbors(memory, {}, {"consignee_name": "Gamma"}, schedule_b=None, consignee=consignee) == found


GROUP = {
    "realm": 0, "export_on": DAY, "schedule_b": "8413600000", "usppi_id": "123456789", "usppi_name": "ACME",
    "consignee": "BETAGMBH", "destination": "DE", "conveyance": "LH401", "origin": "D",
}  # fmt: skip
WHOLE = GROUP | {"bundle_key": 5, "known_usd": "600", "without_value": 0, "without_rate": 0}
PART = GROUP | {"line_id": 1, "bundle_key": 9, "activity": "export", "value_usd": "2000"}


def bundles(memory, part: dict[str, Any], whole: dict[str, Any] | None = None) -> list[tuple]:
    """What the bundle of the line, 9, and the whole group, 5, come to."""
    given = {"partial_lines": [PART | part], "neighbor_groups": [WHOLE | (whole or {})]}
    columns = "bundle_key known_usd::integer without_value::integer parts"
    return told(memory, SHIPMENT_VALUE, "value_bundles", columns, given)


@pytest.mark.parametrize(
    ("column", "named"),
    [("conveyance", "conveyance"), ("consignee", "consignee_name"), ("destination", "destination"),
     ("origin", "origin_df"), ("schedule_b", "schedule_b"), ("activity", "activity")],
)  # fmt: skip
def test_a_line_with_one_part_missing_may_belong_to_the_group_that_agrees_in_the_others(memory, column, named) -> None:
    assert bundles(memory, {column: None}) == [(5, 2600, 0, named), (9, 2600, 0, named)]


def test_a_usppi_known_by_name_alone_may_be_the_one_with_that_name_and_a_number(memory) -> None:
    assert bundles(memory, {"usppi_id": None}) == [(5, 2600, 0, "usppi_id"), (9, 2600, 0, "usppi_id")]


def test_two_usppi_numbers_are_two_usppis_whatever_their_names(memory) -> None:
    other = {"usppi_id": "987654321", "conveyance": None}
    assert bundles(memory, other) == [(5, 600, 0, ""), (9, 2000, 0, "conveyance")]


@pytest.mark.parametrize(
    "other",
    [
        {"destination": "FR"}, {"consignee": "GAMMA"}, {"origin": "F"}, {"schedule_b": "9027509000"}, {"realm": 1},
        {"export_on": "2025-03-04"}, {"usppi_id": None, "usppi_name": "OTHER"},
    ],
)  # fmt: skip
def test_a_group_that_differs_in_a_part_that_is_known_adds_nothing(memory, other) -> None:
    assert bundles(memory, {"conveyance": None}, other)[1] == (9, 2000, 0, "conveyance")


def test_a_value_that_is_missing_is_named_beside_the_part(memory) -> None:
    assert bundles(memory, {"conveyance": None, "value_usd": None})[1] == (9, 600, 1, "conveyance value_usd")


def in_doubt(memory, *parts: dict[str, Any], bundle: str, without_value: int = 0, **given: Any) -> list[tuple]:
    lines = [GROUP | {"line_id": at, "source": "erp", "shipment_id": "S", "bundle_key": 9, "activity": "export"} | one
             for at, one in enumerate(parts, 1)]  # fmt: skip
    whole = {
        "partial_lines": lines, "value_thresholds": ALWAYS, "value_sums": [], "whole_groups": [],
        "valued_lines": [{"line_id": one["line_id"], "export_on": DAY} for one in lines],
        "value_bundles": [
            {"bundle_key": 9, "known_usd": bundle, "without_value": without_value, "parts": "conveyance"}
        ],
    } | given  # fmt: skip
    return told(memory, SHIPMENT_VALUE, "groups_in_doubt", "line_id low_value low_value_missing", whole)


SMALL = {"conveyance": None, "value_usd": "100"}


@pytest.mark.parametrize(
    ("bundle", "expected"), [("2499.99", []), ("2500.00", []), ("2500.01", [(1, "unknown", "conveyance")])]
)
def test_where_all_that_a_line_may_belong_with_is_over_its_value_is_not_known(memory, bundle: str, expected) -> None:
    assert in_doubt(memory, SMALL, bundle=bundle) == expected


def test_a_value_missing_in_what_it_may_belong_with_leaves_it_in_doubt_too(memory) -> None:
    assert in_doubt(memory, SMALL, bundle="100", without_value=1) == [(1, "unknown", "conveyance")]


@pytest.mark.parametrize(("usd", "expected"), [("2500.01", (1, "over", "")), ("2500", (1, "unknown", "conveyance"))])
def test_a_line_over_by_itself_is_over_whatever_is_missing(memory, usd: str, expected) -> None:
    assert in_doubt(memory, SMALL | {"value_usd": usd}, bundle="9000") == [expected]


def test_a_line_that_may_be_no_export_is_in_doubt_even_where_it_is_over_by_itself(memory) -> None:
    part = SMALL | {"activity": None, "value_usd": "9000"}
    assert in_doubt(memory, part, bundle="9000") == [(1, "unknown", "conveyance")]


def test_within_one_shipment_lines_with_a_part_missing_are_summed(memory) -> None:
    part = SMALL | {"value_usd": "1250.01"}
    assert in_doubt(memory, part, part, bundle="9000") == [(1, "over", ""), (2, "over", "")]


def test_within_one_shipment_a_credit_takes_nothing_off(memory) -> None:
    parts = [SMALL | {"value_usd": usd} for usd in ("1250.01", "1250", "-500")]
    assert {low_value for _, low_value, _ in in_doubt(memory, *parts, bundle="9000")} == {"over"}


def test_a_line_of_the_shipment_that_may_be_no_export_is_not_summed_for_sure(memory) -> None:
    parts = SMALL | {"value_usd": "2000"}, SMALL | {"value_usd": "2000", "activity": None}
    assert in_doubt(memory, *parts, bundle="9000") == [(1, "unknown", "conveyance"), (2, "unknown", "conveyance")]


def test_lines_of_two_shipments_with_a_part_missing_are_not_summed_for_sure(memory) -> None:
    part = SMALL | {"value_usd": "1250.01"}
    rows = in_doubt(memory, part, part | {"shipment_id": "T"}, bundle="9000")
    assert rows == [(1, "unknown", "conveyance"), (2, "unknown", "conveyance")]


SUMMED = {"valued_lines": [{"line_id": 3, "value_key": 9, "export_on": DAY}]}


@pytest.mark.parametrize(("bundle", "expected"), [("2500", []), ("2500.01", [(3, "unknown", "conveyance")])])
def test_a_whole_group_that_lines_with_a_part_missing_may_bring_over_is_in_doubt(memory, bundle: str, expected) -> None:
    assert in_doubt(memory, bundle=bundle, **SUMMED) == expected


def test_a_whole_group_that_is_over_by_itself_is_not_told_again(memory) -> None:
    over = [{"line_id": 3, "low_value": "over", "low_value_missing": ""}]
    assert in_doubt(memory, bundle="9000", whole_groups=over, **SUMMED) == []


def test_a_realm_is_numbered_where_any_of_its_lines_records_a_usppi_number(memory) -> None:
    lines = [{"realm": 1, "usppi_id": ""}, {"realm": 1, "usppi_id": "123456789"}, {"realm": 2, "usppi_id": None}]
    assert made(memory, SHIPMENT_VALUE, "numbered_realms", {"current_lines": lines}) == [{"realm": 1}]
