"""A second reading of 15 CFR 746.8, with 746.5 and 746.10 while they stood: Russia and Belarus."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.support.oracle_746_claim import Answer, Claim, Item, Opening, Openings, answer_claim, strictest
from tests.support.oracle_746_food import is_food_or_medicine
from tests.support.oracle_746_hts import (
    in_five,
    in_four,
    in_two,
    is_any_table_in_force,
    is_saved,
    of_no_edition,
    read_number,
)
from tests.support.truth import Line, Truth

FOLDED = "2024-06-12"
"""746.5 and 746.10 became paragraphs of 746.8."""
MED_FROM = "2024-04-29"
FIRST_WAVE = {"RU": "2022-02-24", "BY": "2022-03-02"}
"""Categories 3 to 9."""
SECOND_WAVE = "2022-04-08"
"""All of the CCL."""
OF_SUPPLEMENT_2 = {"0A998", "1C992", "3A229", "3A231", "3A232", "6A991", "8A992", "8D999"}
SUPPLEMENT_6_FROM, SOFTWARE_FROM = "2022-09-15", "2024-09-16"
CHAPTERS_OF_6 = {"28", "29", "30", "35", "38"}
WORDS_OF_6 = re.compile(
    r"acetone|ethanol|methanol|chlorine|ammonia|fentanyl|culture media|assay kit|nucleotide|peptide|enzyme"
    r"|laboratory equipment|reaction vessel|pump|valve|biosafety cabinet|fume hood|well plate|microarray|fermenter"
    r"|centrifuge|filtration|nucleic acid synthesi[sz]er|\bq?pcr\b|liquid handler|chromatograph|spectromet|sequencer"
    r"|flow cytomet|sonicator|flow reactor|quantum computer|additive manufacturing|electron microscope"
    r"|atomic force microscope|\bxps\b|\bedx\b|\bebsd\b|decapsulation"
)
WORDS_OF_SOFTWARE = re.compile(r"\b(software|erp|crm|bi|scm|edw|cmms|project management|plm|bim|cad|cam|eto|cnc)\b")


class Requirement(NamedTuple):
    """A paragraph that may reach the line: whether it does, why, and what it leaves open."""

    scope: Truth
    why: str
    openings: Openings


def judge_russia(line: Line, item: Item, claim: Claim) -> Answer:
    day, iso2 = str(line["export_on"]), str(line["destination"])
    if item.is_listed and day >= wave_of(item, iso2):
        # the order of review: what is on the CCL is judged by its ECCN alone
        requirements = [by_eccn(line, item, iso2)]
    else:
        requirements = [*by_supplements(line, item, iso2), by_end_use(item, day, iso2)]
    return strictest([answer_claim(claim, one.scope, one.why, one.openings, item) for one in requirements])


def wave_of(item: Item, iso2: str) -> str:
    return FIRST_WAVE[iso2] if item.category in "3456789" else SECOND_WAVE


def by_eccn(line: Line, item: Item, iso2: str) -> Requirement:
    """746.8(a)(1)."""
    day, wave = str(line["export_on"]), wave_of(item, iso2)
    openings = openings_of_the_ccl(day, item)
    if is_saved(wave, line) is None:
        return Requirement(None, "savings-clause", openings)
    if re.match(r"5A991|5[AD]992(\.c|$)", item.eccn):  # (a)(12)(ii)
        return Requirement(None, "owned-end-user", openings)
    return Requirement(True, "eccn-wave", openings)


def by_end_use(item: Item, day: str, iso2: str) -> Requirement:
    """ECCNs of 746.5, now 746.8(a)(4): oil and gas. Of Belarus the waves came first."""
    openings = openings_of_industry(day)
    if not item.is_listed or iso2 == "BY":
        return Requirement(False, "before-wave" if item.is_listed else "not-listed", openings)
    if item.eccn:
        is_one = item.eccn[:5] in OF_SUPPLEMENT_2
        return Requirement(None if is_one else False, "supplement-2-possible" if is_one else "before-wave", openings)
    may_be_one = any(one.startswith(item.category) for one in OF_SUPPLEMENT_2)
    return Requirement(None if may_be_one else False, "eccn-unreadable" if may_be_one else "before-wave", openings)


def by_supplements(line: Line, item: Item, iso2: str) -> list[Requirement]:
    """Supplements 2, 4, 5 and 6, and EAR99 software."""
    day, number = str(line["export_on"]), read_number(line)
    industry, luxury = openings_of_industry(day), openings_of_luxury(day)
    found = []
    if number.kind == "code":
        found.append(Requirement(*in_four(number, line, iso2), industry))
        found.append(Requirement(*in_five(number, line), luxury))
        found.append(Requirement(*in_two(number, line, iso2), industry))
        found.append(Requirement(*of_no_edition(number, line), industry))
    elif is_any_table_in_force(day, iso2) and (number.kind != "missing" or line.get("form") != "intangible"):
        why = "hts-special" if number.kind == "special" else "hts-unreadable"
        found.append(Requirement(None, why, industry))
    if not item.is_listed:
        six, software = in_six(line), is_software(line)
        found.append(Requirement(six, "supplement-6-possible" if six is None else "not-listed", industry))
        told = "software-possible" if software is None else "not-listed"
        found.append(Requirement(software, told, openings_of_software(day)))
    return found


def in_six(line: Line) -> Truth:
    """Supplement 6, by description: never sure, unless the item master says so. Medicine is not in it."""
    if str(line["export_on"]) < SUPPLEMENT_6_FROM or is_food_or_medicine(line, "medicine"):
        return False
    said = (line.get("item_facts") or "").split("; ")
    if "listed in Supp. 6 to part 746" in said or "not listed in Supp. 6 to part 746" in said:
        return "listed in Supp. 6 to part 746" in said
    number = read_number(line)
    is_near = number.kind == "code" and number.chapter in CHAPTERS_OF_6
    return None if is_near or WORDS_OF_6.search((line.get("description") or "").lower()) else False


def is_software(line: Line) -> Truth:
    """746.8(a)(8): never sure, as some end users are left out."""
    if str(line["export_on"]) < SOFTWARE_FROM:
        return False
    is_near = line.get("form") == "intangible" or WORDS_OF_SOFTWARE.search((line.get("description") or "").lower())
    return None if is_near else False


# ------------------------------------------------------------------------------------------------------- what is open


def openings_of_the_ccl(day: str, item: Item) -> Openings:
    """746.8(c)."""
    med = {"MED": Opening(terms=True)} if day >= MED_FROM else {}
    is_enc = re.match("5[A-E]002", item.eccn) or (item.is_listed and not item.eccn and item.category == "5")
    enc = {"ENC": Opening(terms=True)} if is_enc else {}
    common = med | enc | {
        "TSU": Opening(("740.13(c)",), terms=True),
        "BAG": Opening(("740.14",), terms=True, shut=("740.14(e)",)),
        "CCD": Opening(terms=True),
    }  # fmt: skip
    if day < FOLDED:  # from memory only: those named are in doubt, the others closed
        return common | {
            "TMP": Opening(("740.9(a)(9)",), terms=True),
            "GOV": Opening(("740.11(b)(2)",), terms=True),
            "AVS": Opening(("740.15(a)", "740.15(b)"), terms=True),
        }
    station = item.is_listed and (item.eccn[:5] == "9A004" or (not item.eccn and item.category == "9"))
    return common | {
        "TMP": Opening(("740.9(a)(9)",)),
        "GOV": Opening(("740.11(b)", "740.11(e)") if station else ("740.11(b)",)),
        "AVS": Opening(("740.15(a)", "740.15(b)"), terms=True),
    }


def openings_of_industry(day: str) -> Openings:
    """746.5, then 746.8(a)(4) to (6)."""
    if day >= FOLDED:
        return openings_of_the_ccl(day, Item(is_listed=False))
    return {"GOV": Opening(terms=True)} | _med(day)


def openings_of_luxury(day: str) -> Openings:
    """746.10, then 746.8(a)(7)."""
    if day >= FOLDED:
        return openings_of_the_ccl(day, Item(is_listed=False))
    return {
        "BAG": Opening(terms=True),
        "GOV": Opening(("740.11(b)(2)(i)", "740.11(b)(2)(ii)"), terms=True),
        "AVS": Opening(terms=True),
    } | _med(day)


def openings_of_software(day: str) -> Openings:
    """746.8(a)(8): without GOV."""
    return {symbol: one for symbol, one in openings_of_industry(day).items() if symbol != "GOV"}


def _med(day: str) -> dict[str, Opening]:
    return {"MED": Opening(terms=True)} if day >= MED_FROM else {}
