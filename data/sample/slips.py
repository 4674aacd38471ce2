"""What is amiss in the synthetic year, by lines and by shipments, so that one line in a hundred is worth a finding; and
what is recorded where nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# of shipments that were filed in AES, and of lines: what is amiss, and in what share
FILING = {"missing": 0.0012, "malformed": 0.0009, "late": 0.0009, "reused": 0.0006, "low value": 0.0009}
LINE = {
    "no ECCN": 0.0008, "ECCN": 0.0005, "symbol": 0.0010, "code": 0.0004, "no number": 0.0006, "Schedule B": 0.0006,
    "expired": 0.0004, "value": 0.0005,
}  # fmt: skip
UNLICENSED, ELSEWHERE = 0.25, 0.0006
"""Of the lines that need a license, those without; and of shipments, those to a consignee in another country."""


class Slips:
    """Draws of one table. `of` is the shipment of each line; the other arrays are of shipments, or of lines."""

    def __init__(
        self, rng: np.random.Generator, of: np.ndarray, number: np.ndarray, day: np.ndarray, due: np.ndarray,
        canada: np.ndarray, abroad: np.ndarray, needs: np.ndarray, destination: pa.Array, eccn: pa.Array,
        schedule: pa.Array, authority: np.ndarray, cents: np.ndarray,
    ) -> None:  # fmt: skip
        n, lines = len(number), len(of)
        self.destination, self.eccn, self.schedule, self.cents = destination, eccn, schedule, cents
        self.day, self.number, self.due, self.canada, self.abroad = day, number, due, canada, abroad
        self.filed = np.where(due, _drawn(rng, n, FILING), "")
        self.line = _drawn(rng, lines, LINE)
        unlicensed = needs & (rng.random(lines) < UNLICENSED)
        self.authority = np.where(unlicensed, 0, authority)
        self.lag = rng.choice(4, n, p=[0.3, 0.4, 0.2, 0.1])
        self.after = rng.integers(1, 5, size=n)
        self.elsewhere = rng.random(n) < ELSEWHERE

    def filing(self) -> dict[str, pa.Array]:
        """The columns of a shipment that tell how it was filed, and where its consignee is."""
        late = self.filed == "late"
        stamp_day, serial = self.day + np.where(late, self.after, -self.lag), self.number * 7919 % 900_000
        again = self.filed == "reused"
        again[0] = False
        before = np.flatnonzero(again) - 1
        stamp_day[again], serial[again] = stamp_day[before], serial[before]
        stamp = pc.replace_substring(pa.array(np.datetime_as_string(stamp_day)), "-", "")
        digits = pc.utf8_lpad(pa.array(serial).cast(pa.string()), 6, "0")
        itn = pc.binary_join_element_wise("X", stamp, digits, "")
        itn = pc.if_else(pa.array(self.filed == "malformed"), pc.utf8_slice_codeunits(itn, 1), itn)
        has_itn = self.due & ~np.isin(self.filed, ["missing", "low value"])
        legend = pc.if_else(pa.array(self.canada & ~self.due), "NOEEI 30.36", "NOEEI 30.37(a)")
        has_legend = ~self.abroad & (~self.due | (self.filed == "low value"))
        return {
            "itn": pc.if_else(pa.array(has_itn), itn, ""),
            "eei_exemption": pc.if_else(pa.array(has_legend), legend, ""),
            "filing_option": pc.if_else(pa.array(has_itn), "2", ""),
            "consignee_country": pc.if_else(pa.array(self.elsewhere), "DE", self.destination),
        }


def put_in(slips: Slips, authorities: Sequence[tuple[str, str, str]]) -> dict[str, pa.Array]:
    """The columns of a line that something may be amiss in."""
    at = pa.array(slips.authority)
    code, number, paragraph = (pa.array(texts).take(at) for texts in zip(*authorities, strict=True))
    serial = pc.utf8_lpad(pa.array(slips.authority * 1_009 + slips.cents % 900_000).cast(pa.string()), 6, "0")
    number = pc.if_else(pc.equal(number, "D"), pc.binary_join_element_wise("D", serial, ""), number)
    code = _where(slips, code, {"symbol": "C33", "code": "C99", "no number": "C30", "expired": "C37"})
    number = _where(slips, number, {"symbol": "GBS", "code": "XYZ", "no number": "", "expired": "CIV"})
    paragraph = _where(slips, paragraph, dict.fromkeys(("symbol", "code", "no number", "expired"), ""))
    rest = pc.utf8_lpad(pa.array(slips.cents % 100).cast(pa.string()), 2, "0")
    value = pc.binary_join_element_wise(pa.array(slips.cents // 100).cast(pa.string()), rest, ".")
    short = pc.utf8_slice_codeunits(slips.schedule, 0, 9)
    return {
        "eccn": _where(slips, slips.eccn, {"no ECCN": "", "ECCN": "3.00E+101"}),
        "license_code": code, "license_number": number, "exception_paragraph": paragraph,
        "value_usd": _where(slips, value, {"value": "0.00"}),
        "schedule_b": pc.if_else(pa.array(slips.line == "Schedule B"), short, slips.schedule),
    }  # fmt: skip


def _drawn(rng: np.random.Generator, count: int, shares: dict[str, float]) -> np.ndarray:
    """For each element the name of what is amiss, mostly the empty text."""
    edges = np.cumsum(list(shares.values()))
    return np.array([*shares, ""])[np.searchsorted(edges, rng.random(count), side="right")]


def _where(slips: Slips, column: pa.Array, by_name: dict[str, str]) -> pa.Array:
    for name, text in by_name.items():
        column = pc.if_else(pa.array(slips.line == name), text, column)
    return column
