"""What the comparisons of pairs say of both sides, and of which days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.comparing import said, shipped, verdicts
from transforms.compare.names import Names
from transforms.compare.rules import Alike, Comparison, ComparisonVersion, NamedParameter

PAIR = {"subject_key": 1, "matched_by": "ITN", "is_first": True, "line_count": 1, "filing_count": 1, "unit": "NO",
        "filed_unit": "NO", "export_on": "2025-03-03", "in_lines": "", "in_filing": " under X1 line 4"}  # fmt: skip


def of(rule_id: str, column: str, **pair: Any) -> list[tuple]:
    return said(rule_id, "outcome answer", differing_pairs=[PAIR | {"differs": [column]} | pair])


DIFFERS = [("flagged", "differs")]


@pytest.mark.parametrize(("filed", "count"), [("103", 0), ("97", 0), ("104", 1), ("96", 1)])
def test_for_each_line_of_aes_in_a_sum_a_dollar_more_is_rounding(filed: str, count: int) -> None:
    pair = {"filing_count": 3, "recorded_usd": "100", "filed_usd": filed}
    assert len(of("value-differs", "value_usd", **pair)) == count


@pytest.mark.parametrize(("filed", "count"), [("12", 0), ("8", 0), ("13", 1), ("7", 1)])
def test_each_further_line_of_aes_in_a_sum_may_have_rounded_a_unit(filed: str, count: int) -> None:
    quantities = {"recorded_quantity": "10", "quantity_in_filed_unit": 10.0, "filed_quantity": filed}
    pair = {"filing_count": 3} | quantities
    assert len(of("quantity-differs", "quantity", **pair)) == count


@pytest.mark.parametrize(
    ("usd", "low", "other"),
    [(("9000", "2500"), 1, 0), (("9000", "2501"), 0, 1), (("2500.50", "2500"), 1, 0), (("2500", "1"), 0, 1)],
)
def test_of_one_value_one_thing_is_said(usd: tuple[str, str], low: int, other: int) -> None:
    pair = {"recorded_usd": usd[0], "filed_usd": usd[1]}
    assert len(of("value-declared-low", "value_usd", **pair)) == low
    assert len(of("value-differs", "value_usd", **pair)) == other


@pytest.mark.parametrize("usd", [(None, "5"), ("5", None), (None, None)])
def test_a_value_that_is_missing_on_one_side_is_open(usd) -> None:
    pair = {"recorded_usd": usd[0], "filed_usd": usd[1]}
    assert of("value-differs", "value_usd", **pair) == [("undetermined", "value-missing")]
    assert of("value-declared-low", "value_usd", **pair) == []


def test_an_eccn_or_a_license_that_another_line_of_the_sum_holds_does_not_differ() -> None:
    eccns = {"eccn": "3A999.f", "filed_eccn": "EAR99"}
    assert of("eccn-differs", "eccn", **eccns) == DIFFERS
    assert of("eccn-differs", "eccn", **eccns, filed_eccns=["EAR99", "3A999"]) == []
    codes = {"license_code": "C33", "filed_license_code": "C30"}
    assert of("license-code-differs", "license_code", **codes, filed_codes=["C30", "C33"]) == []
    numbers = {"license_number": "NLR", "filed_license_number": "D123456"}
    assert of("license-number-differs", "license_number", **numbers, filed_numbers=["D123456", "NLR"]) == []


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("GBS", ("undetermined", "end-user-country")), ("NLR", *DIFFERS), ("D123456", *DIFFERS), (None, *DIFFERS)],
)
def test_under_an_exception_aes_may_hold_the_country_of_the_end_user(symbol, expected) -> None:
    pair = {"destination": "DE", "filed_destination": "FR", "end_user_country": "FR", "license_number": symbol}
    assert of("destination-differs", "destination", **pair) == [expected]


@pytest.mark.parametrize(
    ("filed", "expected"),
    [("BETA, gmbh", []), ("Béta GmbH", []), ("Beta", [("undetermined", "near-name")]), ("Gamma SARL", DIFFERS)],
)
def test_a_consignee_is_the_same_however_written_and_open_where_it_is_spelled_alike(filed: str, expected) -> None:
    pair = PAIR | {"differs": ["consignee_name"], "consignee_name": "Beta GmbH", "filed_consignee_name": filed}
    alike = Names(shipped()["consignee-differs"].tables.name_words).pairs([("Beta GmbH", filed)]).to_pylist()
    assert said("consignee-differs", "outcome answer", differing_pairs=[pair], name_pairs=alike) == expected


def test_a_comparison_sees_pairs_that_differ_in_its_own_columns_alone() -> None:
    pair = {"itn": "X1", "filed_itn": "X2"}
    assert of("itn-differs", "itn", **pair) == DIFFERS
    assert of("itn-differs", "eccn", **pair) == []


def changed(rule_id: str, *versions: dict[str, Any]) -> Comparison:
    """A shipped comparison with other versions in place of its one."""
    rule = shipped()[rule_id]
    made = tuple(rule.versions[0].model_copy(update=one) for one in versions)
    return rule.model_copy(update={"versions": made})


def days(rule: Comparison, parameters: Any = (), **pair: Any) -> list[tuple]:
    rows = verdicts([rule], {"differing_pairs": [PAIR | pair]}, parameters)
    return [(str(row["from_on"]), str(row["until_on"]), row["outcome"], row["answer"]) for row in rows]


ECCNS = {"differs": ["eccn"], "eccn": "3A999", "filed_eccn": "EAR99"}


def test_a_version_holds_on_its_days() -> None:
    two = {"from_on": date(2024, 1, 1), "until": date(2024, 12, 31)}, {"from_on": date(2026, 1, 1)}
    assert days(changed("eccn-differs", *two), **ECCNS) == [
        ("2024-01-01", "2024-12-31", "flagged", "differs"), ("2026-01-01", "9999-12-31", "flagged", "differs"),
    ]  # fmt: skip


def test_where_the_law_is_in_doubt_so_is_what_differs() -> None:
    written = {
        "from": "2024-01-01", "authority": ["x"], "doubt": {"from": "2024-06-01", "until": "2024-06-30", "because": "Y"}
    }  # fmt: skip
    version = ComparisonVersion.model_validate(written)
    rule = shipped()["eccn-differs"].model_copy(update={"versions": (version,)})
    assert [row[2:] for row in days(rule, **ECCNS)] == [
        ("flagged", "differs"), ("undetermined", "law-in-doubt"), ("flagged", "differs"),
    ]  # fmt: skip
    rows = verdicts([rule], {"differing_pairs": [PAIR | ECCNS]})
    assert rows[1]["statement"].endswith(" under X1 line 4; in doubt: Y.")


def test_a_term_that_names_a_parameter_of_the_law_goes_by_its_days() -> None:
    rule = changed("value-declared-low", {"terms": {"threshold_usd": NamedParameter(parameter="low-value-threshold")}})
    rows = [
        {"name": "low-value-threshold", "from_on": start, "until_on": end, "number": number}
        for start, end, number in (
            (date.min, date(2025, 12, 31), Decimal(2500)), (date(2026, 1, 1), date.max, Decimal(5000)),
        )
    ]  # fmt: skip
    declared = {"differs": ["value_usd"], "recorded_usd": "6000", "filed_usd": "4000"}
    assert [row[0] for row in days(rule, rows, **declared)] == ["2026-01-01"]
    assert [row[0] for row in days(rule, rows, **declared | {"filed_usd": "2000"})] == ["0001-01-01", "2026-01-01"]


@pytest.mark.parametrize(("day", "count"), [("2020-12-22", 1), ("2020-12-23", 0)])
def test_values_count_as_one_from_their_day_either_way_round(day: str, count: int) -> None:
    for one, other in (("HK", "CN"), ("CN", "HK")):
        pair = {"destination": one, "filed_destination": other, "export_on": day}
        assert len(of("destination-differs", "destination", **pair)) == count


def test_values_may_count_as_one_on_all_days() -> None:
    alike = Alike(values=("F", "D"), from_on=None, authority=("x",))
    rule = changed("destination-differs", {"alike": (alike,)})
    pair = {"differs": ["destination"], "destination": "D", "filed_destination": "F", "export_on": "1950-01-01"}
    assert days(rule, **pair) == []
