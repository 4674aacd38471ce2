"""15 CFR 30.37(a): a part that cannot be read is missing, and the wider sum decides: no odd value opens its own sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tests.support.evidence import OPEN, Example, given, is_as_expected, on_examples, screened, second_reading
from tests.support.truth import Line

NOBODY = ("TBD", "tbd", "T.B.D.", "TBA", "N/A", "n.a.", "NA", "NONE", "unknown", "Various", "-", "--", "?", "???", ".",
          "X", "XXX", "TEST", "NULL", "0", "", None)  # fmt: skip
"""What people write where they name nobody, as they write it: data of the tests, no notes of ours."""
UNREADABLE: Mapping[str, tuple[str | None, ...]] = {
    "schedule_b": (
        "902750000", "9027.50.000", "90275000", "902750", "9.03E+09", "9,03E+09", "90275000001", "0027500000",
        "0000000000", "902750000A", "EAR99", "HTS 9027500000", "9027500000.0", *NOBODY,
    ),
    "origin_df": ("PR", "VI", "GU", "AS", "MP", "UM", "Puerto Rico", "Guam", "DF", "D/F", "Y", "1", "ZZ", *NOBODY),
    "consignee_name": NOBODY,
    "conveyance": NOBODY,
    "usppi_id": ("12345678", "12-34567", "1234", *NOBODY),
}  # fmt: skip
SAME: Mapping[str, tuple[tuple[str, str], ...]] = {
    "schedule_b": (("9027.50.0000", "9027500000"), ("9027 50 0000", "9027-50-0000")),
    "origin_df": (
        ("d", "D"), ("US", "D"), ("us", "D"), ("USA", "D"), ("United States", "D"), ("DE", "F"), ("Germany", "f"),
        ("DE", "JP"), ("CHN", "Mexico"),
    ),
    "consignee_name": (("ACME, Ltd.", "acme ltd"), ("Test Labs", "TEST LABS"), ("X-Ray GmbH", "XRay GmbH")),
    "conveyance": (("LH 401", "lh-401"),),
    "usppi_id": (
        ("{usppi}", "{usppi}12"), ("{hyphened}", "{usppi}"), ("{usppi}34", "{usppi}12"), ("12-345678901", "123456789"),
    ),
}  # fmt: skip
"""Two ways to write one thing."""
OTHER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "schedule_b": (("9027500000", "9027890000"), ("9027.50.0000", "9027.50.0001"), ("0106110000", "1006110000")),
    "origin_df": (("D", "F"), ("US", "DE"), ("US", "F"), ("D", "CN"), ("d", "f")),
    "consignee_name": (("Muster GmbH", "Beispiel AG"), ("Test Labs", "Testing Labs"), ("TBD Ltd", "TBA Ltd")),
    "conveyance": (("LH 401", "LH 403"), ("0401", "0403")),
    "usppi_id": (("{usppi}12", "987654321"), ("{usppi}", "123456788")),
}
NO_VALUE = ("0", "0.00", "-0.01", "-5", "-9000", "", None)


def _half(**columns: str | None) -> Line:
    return {"value_usd": "1300", **columns}


def _parts() -> Iterator[Example]:
    for column, values in UNREADABLE.items():
        for value in values:
            odd = {column: value}
            case = f"{column} {value!r}"
            yield Example(f"{case}, beside one that is read", "undetermined", _half(**odd), [given(**_read(column))])
            yield Example(f"{case}, beside the line that is read", "undetermined", _half(), [odd])
        for case, (expect, line, others) in _edges(column, values[0], values[1]).items():
            yield Example(f"{column} {values[0]!r}, {case}", expect, line, others)
    for column, pairs in SAME.items():
        for one, two in pairs:
            yield Example(f"{column} {one} is {two}", "flagged", _half(**{column: one}), [{column: two}])
    for column, pairs in OTHER.items():
        for one, two in pairs:
            yield Example(f"{column} {one} is not {two}", "clear", _half(**{column: one}), [_of_another(column, two)])


def _edges(column: str, value: str | None, second: str | None) -> dict[str, tuple[str, Line, list[Line]]]:
    odd, read = {column: value}, _read(column)
    again = {column: second, **({"usppi_name": ""} if column == "usppi_id" else {})}
    third = {**read, "value_usd": "900"}
    return {
        "alone at the threshold": ("clear", {**odd, "value_usd": "2500"}, []),
        "alone above it": ("flagged", {**odd, "value_usd": "2500.01"}, []),
        "together at the threshold": ("clear", _half(**odd), [{**read, "value_usd": "1200"}]),
        "together a cent above it": ("undetermined", _half(**odd), [{**read, "value_usd": "1200.01"}]),
        "above it, and a line beside it": ("flagged", {**odd, "value_usd": "2600"}, [read]),
        "beside a line above it": ("undetermined", _half(**odd), [{**read, "value_usd": "2600"}]),
        "beside the line above it": ("flagged", {"value_usd": "2600"}, [{**odd, "value_usd": "1"}]),
        "low value is claimed": ("undetermined", _half(**odd, eei_exemption="NOEEI 30.37(a)"), [read]),
        "with an ITN": ("clear", _half(**odd, itn="{itn}"), [{**read, "itn": ""}]),
        "on another day": ("clear", _half(**odd), [{**read, "export_on": "2025-03-15"}]),
        "to another country": ("clear", _half(**odd), [{**read, "destination": "FR"}]),
        "beside another such value": ("undetermined", _half(**odd), [again]),
        "beside two that are read": ("undetermined", {**odd, "value_usd": "900"}, [third, third]),
    }


def _read(column: str) -> dict[str, str | None]:
    """What the line beside says in that column, so that it can be read."""
    usual = {"schedule_b": "9027500000", "origin_df": "D", "consignee_name": "Muster GmbH", "conveyance": "LH 401",
             "usppi_id": "{usppi}12"}  # fmt: skip
    return {column: usual[column]}


def _of_another(column: str, value: str) -> dict[str, str | None]:
    return {column: value, **({"usppi_name": "Another Exporter Inc"} if column == "usppi_id" else {})}


def _values() -> Iterator[Example]:
    for value in NO_VALUE:
        none = given(value_usd=value)
        yield Example(f"value {value!r} alone", "undetermined", none)
        yield Example(f"value {value!r} beside a line", "undetermined", _half(), [none])
        yield Example(f"value {value!r}, a line beside it", "undetermined", none, [_half()])
        yield Example(f"value {value!r} beside a line above the threshold", "flagged", given(value_usd="2600"), [none])
        yield Example(
            f"value {value!r}, a line above the threshold beside it", "flagged", none, [given(value_usd="2600")]
        )
        claimed = {**none, "eei_exemption": "NOEEI 30.37(a)"}
        yield Example(f"value {value!r}, low value is claimed", "undetermined", claimed)
        yield Example(f"value {value!r} to Canada", "clear", {**none, "destination": "CA"})
        yield Example(f"value {value!r} and an ITN", "clear", {**none, "itn": "{itn}"})
        yield Example(f"value {value!r} of the 600 series", "flagged", {**none, "eccn": "9A610.x"})
        yield Example(f"value {value!r} under another number", "clear", _half(), [{**none, "schedule_b": "9027890000"}])
        yield Example(
            f"value {value!r} on no known conveyance", "undetermined", _half(), [{**none, "conveyance": "TBD"}]
        )
    yield Example("a cent is a value", "clear", given(value_usd="0.01"))
    yield Example("a credit takes nothing off", "flagged", given(value_usd="2600"), [given(value_usd="-2600")])


def _more() -> Iterator[Example]:
    odd = given(origin_df="X", value_usd="900")
    domestic, foreign = given(origin_df="D", value_usd="900"), given(origin_df="F", value_usd="900")
    yield Example("an origin that is none may be with either", "undetermined", odd, [domestic, foreign])
    yield Example("a domestic line may be with it", "clear", domestic, [odd, foreign])
    for column in ("consignee_name", "conveyance", "origin_df"):
        part = {column: "TBD", "shipment_id": "{ref}"}
        case = f"{column} TBD on every line of one shipment"
        yield Example(case, OPEN, {**part, "value_usd": "900"}, [{**part, "value_usd": "900"}] * 2)
        case = f"{column} TBD on some lines of one shipment"
        yield Example(case, OPEN, {"shipment_id": "{ref}", "value_usd": "900"}, [{**part, "value_usd": "900"}] * 2)
    number = given(schedule_b="TBD", shipment_id="{ref}", value_usd="1300")
    yield Example("no number on every line of one shipment", "undetermined", number, [number])
    low = given(usppi_id="TBD", value_usd="1300")
    for names, expect in {
        ("Sample Instruments Inc", "SAMPLE INSTRUMENTS, INC."): "flagged",
        ("Sample Instruments Inc", "Other Inc"): "clear",
        ("N/A", "TBD"): "undetermined", ("Sample Instruments Inc", ""): "undetermined", ("", ""): "undetermined",
    }.items():  # fmt: skip
        case = f"no USPPI number that can be read, but the names {names}"
        yield Example(case, expect, {**low, "usppi_name": names[0]}, [{**low, "usppi_name": names[1]}])
    every = given(schedule_b="TBD", origin_df="?", consignee_name="N/A", conveyance="-", usppi_id="0", usppi_name="X")
    yield Example("no part can be read", "undetermined", {**every, "value_usd": "1300"}, [_half()])
    yield Example("no part can be read, and nothing beside it", "clear", {**every, "value_usd": "1300"})
    yield Example("no part can be read, beside a reexport", "clear", {**every, "value_usd": "1300"},
                  [_half(activity="reexport")])  # fmt: skip
    yield Example("no part can be read, beside another day", "clear", {**every, "value_usd": "1300"},
                  [_half(export_on="2025-03-13")])  # fmt: skip


EXAMPLES = [*_parts(), *_values(), *_more()]


@cache
def outcomes() -> list[str]:
    return screened(EXAMPLES)


@on_examples(EXAMPLES)
def test_a_part_that_cannot_be_read_is_missing(at: int) -> None:
    assert is_as_expected(EXAMPLES[at], outcomes()[at]), f"found {outcomes()[at]}: {EXAMPLES[at]}"


@on_examples(EXAMPLES)
def test_the_second_reading_says_so_too(at: int) -> None:
    said = second_reading(EXAMPLES[at])
    assert is_as_expected(EXAMPLES[at], said), f"said {said}: {EXAMPLES[at]}"
