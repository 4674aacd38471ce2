"""Authority and filing of each line: mostly what the law asks for on that day, now and then a slip.

Authorities are drawn from one short menu per situation, so that their combinations stay few however many lines.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample.catalog import USPPI_ID

Ints = np.ndarray
PAKISTAN_FROM, SPECTRAL_FROM = date(2024, 12, 26), date(2025, 1, 16)
SIX = ("1B999", "2A992", "2B999", "3A992", "3A999", "6A996")
LICENSED, SHORT_NUMBER = "D######", "D#####"  # stand for a license number, well formed or not

# menu: authority (code, number, paragraph) and weight
MENUS: dict[str, dict[str, float]] = {
    "none": {"C33 NLR": 1},
    "listed": {
        "C33 NLR": 9950, "C40 TMP 740.9(a)(5)": 15, "C41 RPL 740.10(a)": 10, "C42 GOV 740.11(b)": 4,
        f"C30 {LICENSED}": 5, "C32 NLR": 6, "C33 GBS": 2, "C99 XYZ": 2, "C37 CIV": 2, "C33": 4,
    },
    "pakistan": {
        f"C30 {LICENSED}": 84, "C33 NLR": 5, "C40 TMP 740.9(a)(5)": 3, "C40 TMP": 2, "C41 RPL": 2,
        "C42 GOV 740.11(b)": 2, "C44 TSU": 1, f"C30 {SHORT_NUMBER}": 1,
    },
    "gbs": {"C36 GBS": 94, f"C30 {LICENSED}": 4, "C33 NLR": 1.5, "C36 NLR": 0.5},
    "license": {
        f"C30 {LICENSED}": 94, "C33 NLR": 3, "C36 GBS": 1.5, "C40 TMP 740.9(a)(5)": 0.5, "C30": 0.5,
        f"C30 {SHORT_NUMBER}": 0.5,
    },
    "tsr": {"C38 TSR": 9, "C33 NLR": 1},
    "chemical": {f"C30 {LICENSED}": 98, "C33 NLR": 1, "C30": 0.5, f"C30 {SHORT_NUMBER}": 0.5},
    "encryption": {"C50 ENC": 99, "C33 NLR": 1},
}  # fmt: skip
AUTHORITIES = sorted({authority for menu in MENUS.values() for authority in menu})

# how a shipment was filed: `post` is a post-departure citation, `after` the ITN of such a filing
FILINGS = ("itn", "none", "legend", "short", "letter", "space", "late", "reuse", "post", "after", "down", "both")
KIND = {name: at for at, name in enumerate(FILINGS)}
DUE = {"itn": 9843, "none": 14, "legend": 8, "short": 5, "letter": 5, "space": 3, "late": 10, "reuse": 8, "post": 40,
       "after": 40, "down": 12, "both": 12}  # fmt: skip
LEGENDS = ["NOEEI 30.37(a)", "NOEEI 30.36", "NOEEI 30.99(z)", "NO SED REQUIRED", "NOEEI 30.39", "NOEEI 30.37(q)"]


def menus(eccn: Ints, part: Ints, day: Ints, eccns: list[str]) -> Ints:
    """The name of each line's menu, from the ECCN, the destination's part (see catalog), and the day.

    `part` is A, G, D or X, with C for Canada, P for Pakistan and Q for Iraq.
    """
    is_six = np.array([code[:5] in SIX and code != "2B999.h.2" for code in eccns])[eccn]
    head = np.array([code[:5] for code in eccns])[eccn]
    closed, open_to = np.isin(part, ["X", "P", "Q"]), np.isin(part, ["A", "C"])
    picks = [
        (head == "EAR99", "none"),
        (head == "3E069", np.where(open_to, "none", np.where(closed, "license", "tsr"))),
        (head == "3A069", np.where(open_to, "listed", np.where(closed, "license", "gbs"))),
        (is_six & (part == "P") & (day >= np.datetime64(PAKISTAN_FROM)), "pakistan"),
        (is_six & (part == "Q"), "license"),
        (head == "1C351", "chemical"),
        ((head == "2B350") & ~open_to, "chemical"),
        ((head == "5A002") & (part != "C"), "encryption"),
    ]
    return np.select([np.asarray(is_it) for is_it, _ in picks], [pick for _, pick in picks], "listed")


def authorities(rng: np.random.Generator, menu: Ints) -> Ints:
    """Draw each line's authority from its menu: positions in AUTHORITIES."""
    drawn = np.zeros(len(menu), dtype=np.int64)
    for name, choices in MENUS.items():
        here = np.flatnonzero(menu == name)
        weight = np.array(list(choices.values()))
        places = np.array([AUTHORITIES.index(authority) for authority in choices])
        drawn[here] = places[rng.choice(len(places), len(here), p=weight / weight.sum())]
    return drawn


def license_number(form: str, serial: int) -> str:
    """The number to show: a license number of the given form, or the symbol itself."""
    return f"D3{serial % 100000:05d}"[: len(form)] if "#" in form else form


def filing_kinds(rng: np.random.Generator, due: Ints, may_file_after: Ints) -> Ints:
    """How each shipment was filed: when EEI is due mostly an ITN, else mostly a legend."""
    weight = np.array([DUE[name] for name in FILINGS])
    when_due = rng.choice(len(FILINGS), len(due), p=weight / weight.sum())
    after = np.isin(when_due, [KIND["post"], KIND["after"]]) & ~may_file_after
    when_due = np.where(after, KIND["itn"], when_due)
    when_not = rng.choice([KIND["legend"], KIND["none"], KIND["itn"]], len(due), p=[0.985, 0.005, 0.01])
    return np.where(due, when_due, when_not)


def itn_columns(kind: Ints, legend: pa.Array, filed: pa.Array, serial: Ints, exported: pa.Array) -> dict[str, pa.Array]:
    """Columns itn, eei_exemption and filing_option, one value per element of `kind` (a position in FILINGS).

    `filed` and `exported` are ISO dates as text; `serial` are the last six digits.
    """
    stamp = pc.replace_substring(filed, "-", "")
    digits = pc.utf8_lpad(pa.array(serial).cast(pa.string()), 6, "0")
    well = pc.binary_join_element_wise("X", stamp, digits, "")
    us_date = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(exported, 5, 7), pc.utf8_slice_codeunits(exported, 8, 10),
        pc.utf8_slice_codeunits(exported, 0, 4), "/",
    )  # fmt: skip
    itn = {
        "short": pc.utf8_slice_codeunits(well, 1),
        "letter": pc.binary_join_element_wise("X", stamp, "O", pc.utf8_slice_codeunits(digits, 1), ""),
        "space": pc.binary_join_element_wise("X", stamp, pa.scalar(" "), digits, ""),
        **dict.fromkeys(("itn", "late", "reuse", "after", "both"), well),
    }
    exemption = {
        "legend": legend,
        "both": pa.array(["NOEEI 30.37(a)"] * len(kind)),
        "post": pc.binary_join_element_wise(f"AESPOST {USPPI_ID}", us_date, " "),
        "down": pc.binary_join_element_wise(f"AESDOWN {USPPI_ID}", us_date, " "),
    }
    before = ("itn", "short", "letter", "space", "late", "reuse", "down", "both")
    option = dict.fromkeys(("post", "after"), "4") | dict.fromkeys(before, "2")
    return {"itn": _pick(kind, itn), "eei_exemption": _pick(kind, exemption), "filing_option": _pick(kind, option)}


def _pick(kind: Ints, by_name: dict[str, pa.Array | str]) -> pa.Array:
    """For each element the value of its kind; the empty text where the kind has none."""
    column = pa.array([""] * len(kind), pa.string())
    for name, values in by_name.items():
        here = pa.array(kind == KIND[name])
        column = pc.if_else(here, values, column)
    return column
