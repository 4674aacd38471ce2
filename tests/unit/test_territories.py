"""Part 30 knows where goods leave: 15 CFR 30.2(a)(1) of the States, Puerto Rico and the Virgin Islands; 30.2(d)(2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tests.support.evidence import OPEN, Example, given, is_as_expected, on_examples, screened, second_reading
from tests.support.truth import Line

STATES = ("US", "", None)
OUTSIDE = ("GU", "AS", "MP", "UM")
"""Territories that are neither Puerto Rico nor the Virgin Islands."""
FOREIGN = ("DE", "CN", "JP", "MX")
TRIGGERS: Mapping[str, Line] = {
    "of the 600 series": given(eccn="9A610.x"),
    "that may be of the 600 series": given(eccn="9A610"),
    "of no recorded ECCN": given(eccn=""),
    "of a source without ECCNs": given(eccn=None),
    "to Iran": given(destination="IR"),
    "to Cuba": given(destination="CU"),
    "on the CCL to China": given(eccn="3A992", destination="CN"),
    "on the CCL to Hong Kong": given(eccn="3A992", destination="HK"),
    "on the CCL to Macau, which may be China": given(eccn="3A992", destination="MO"),
    "under a license": given(license_code="C30", license_number="D123456"),
    "that requires a license": given(eccn="3A992", destination="PK"),
    "under STA": given(license_code="C59", license_number="STA", eccn="3A001"),
    "under VEU": given(license_code="C57", license_number="VEU", destination="CN"),
    "of firearms": given(eccn="0A501.a"),
    "of 3A069 to Group D": given(eccn="3A069", destination="KH"),
    "to no recorded country": given(destination=""),
}


def _due() -> Iterator[Example]:
    """What needs EEI over 2,500, and not below."""
    ways = [(left, to) for left in STATES for to in ("PR", "VI", *FOREIGN)]
    ways += [("PR", to) for to in ("US", "VI", *FOREIGN)] + [("VI", to) for to in FOREIGN]
    for left, to in ways:
        way = given(shipped_from=left, destination=to)
        yield Example(f"from {left!r} to {to}", "flagged", way)
        yield Example(f"from {left!r} to {to}, a cent over the threshold", "flagged", {**way, "value_usd": "2500.01"})
        yield Example(f"from {left!r} to {to}, at the threshold", "clear", {**way, "value_usd": "2500"})
        yield Example(f"from {left!r} to {to}, of no known value", "undetermined", {**way, "value_usd": ""})
        yield Example(f"from {left!r} to {to}, with an ITN", "clear", {**way, "itn": "{itn}"})
        legend = {**way, "eei_exemption": "NOEEI 30.2(d)(2)"}
        yield Example(f"from {left!r} to {to}, as if it were excluded", "flagged", legend)
    for left in (*STATES, "PR", "VI"):
        yield Example(f"from {left!r} to Canada", "clear", given(shipped_from=left, destination="CA"))
        for what, line in TRIGGERS.items():
            expect = OPEN if "may be" in what or "of no" in what or "without" in what else "flagged"
            if what == "under STA":
                expect = OPEN
            yield Example(f"from {left!r}, {what}", "undetermined" if "recorded country" in what else expect,
                          {"shipped_from": left, **line})  # fmt: skip
    for to in ("US", "VI"):
        line = given(shipped_from="PR", destination=to, value_usd="100", eccn="9A610.x")
        yield Example(f"from PR to {to}, of the 600 series at low value", "flagged", line)
    parts = given(shipped_from="PR", destination="US", value_usd="1300")
    yield Example("two lines from PR to the US are summed", "flagged", parts, [{}])
    yield Example("two lines from PR to the US at the threshold", "clear", parts, [given(value_usd="1200")])


def _excluded() -> Iterator[Example]:
    ways = [(left, "US") for left in STATES] + [(one, one) for one in ("PR", "VI", *OUTSIDE)]
    ways += [("VI", "US"), ("VI", "PR")]
    ways += [(left, to) for left in (*STATES, "PR", "VI") for to in OUTSIDE]
    ways += [(left, to) for left in OUTSIDE for to in ("US", "PR", "VI")]
    for left, to in ways:
        way = given(shipped_from=left, destination=to)
        yield Example(f"from {left!r} to {to} is excluded", "clear", way)
        yield Example(f"from {left!r} to {to} is excluded, whatever is cited", "clear", {**way, "itn": "AESPOST TBD"})
        yield Example(f"from {left!r} to {to} is excluded, of the 600 series", "clear", {**way, "eccn": "9A610.x"})
        yield Example(f"from {left!r} to {to} is excluded, of no known value", "clear", {**way, "value_usd": ""})
    for left, to in [(None, "US"), ("US", "US"), ("US", "GU"), ("PR", "GU"), ("VI", "AS")]:
        for party in ("end_user_country", "consignee_country"):
            onward = {"shipped_from": left, "destination": to, party: "JP"}
            yield Example(f"from {left!r} to {to}, and {party} in Japan", "undetermined", onward)
            low = {**onward, "value_usd": "900"}
            yield Example(f"from {left!r} to {to}, and {party} in Japan, at low value", "clear", low)
    for left, to in [("VI", "US"), ("VI", "PR")]:
        onward = {"shipped_from": left, "destination": to, "end_user_country": "JP"}
        yield Example(f"from {left!r} to {to}, and the end user in Japan", OPEN, onward)


def _from_outside() -> Iterator[Example]:
    """From Guam and the like to a foreign country: not under part 30, though 758.1(b) may ask for EEI all the same."""
    for left in OUTSIDE:
        for to in (*FOREIGN, "CA"):
            way = given(shipped_from=left, destination=to)
            yield Example(f"from {left} to {to}", "clear", way)
            yield Example(f"from {left} to {to}, of no known value", "clear", {**way, "value_usd": ""})
            yield Example(f"from {left} to {to}, no column for ITNs", "clear", {**way, "itn": None})
        for what, line in TRIGGERS.items():
            met = {"shipped_from": left, "value_usd": "100", **line}
            yield Example(f"from {left}, {what}", "undetermined", met)
            yield Example(f"from {left}, {what}, over the threshold", "undetermined", {**met, "value_usd": "9000"})
            yield Example(f"from {left}, {what}, as excluded", "undetermined", {**met, "eei_exemption": "30.2(d)(2)"})
            yield Example(f"from {left}, {what}, with an ITN", "clear", {**met, "itn": "{itn}"})
            cited = {**met, "itn": "AESPOST {usppi}12 <1>"}
            yield Example(f"from {left}, {what}, cited for another day", "undetermined", cited)
        line = given(shipped_from=left, eccn="9A610.x")
        held = [{"shipment_reference": "{ref}", "eccn": "9A610"}]
        yield Example(f"from {left}, of the 600 series, and held", "clear", line, filings=held)
        yield Example(f"from {left}, intangible", "clear", {**line, "form": "intangible"})
        yield Example(f"from {left}, a reexport", "clear", {**line, "activity": "reexport"})


def _else() -> Iterator[Example]:
    for name, iso2, expect in (("Puerto Rico", "US", "flagged"), ("Guam", "JP", "clear"), ("USA", "DE", "flagged")):
        yield Example(f"from {name} by name", expect, given(shipped_from=name, destination=iso2))
    for left in ("DE", "JP", "CA"):
        yield Example(f"an export recorded from {left}", OPEN, given(shipped_from=left, destination="FR"))
        reexport = given(shipped_from=left, destination="FR", activity="reexport")
        yield Example(f"a reexport from {left}", "clear", reexport)
        unknown = given(shipped_from=left, destination="FR", activity="")
        yield Example(f"what leaves {left}, its activity not recorded", OPEN, unknown)


EXAMPLES = [*_due(), *_excluded(), *_from_outside(), *_else()]


@cache
def outcomes() -> list[str]:
    return screened(EXAMPLES)


@on_examples(EXAMPLES)
def test_where_goods_leave_decides_what_part_30_asks(at: int) -> None:
    assert is_as_expected(EXAMPLES[at], outcomes()[at]), f"found {outcomes()[at]}: {EXAMPLES[at]}"


READ = [one for one in EXAMPLES if not one.filings and "by name" not in one.case]
"""What the second reading knows too: it reads codes of countries alone."""


@on_examples(READ)
def test_the_second_reading_says_so_too(at: int) -> None:
    said = second_reading(READ[at])
    assert is_as_expected(READ[at], said), f"said {said}: {READ[at]}"
