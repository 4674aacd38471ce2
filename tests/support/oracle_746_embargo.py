"""A second reading of 15 CFR 746.2, 746.4, 746.6, 746.7 and 746.9: Cuba, North Korea, occupied Ukraine, Iran, Syria."""

from __future__ import annotations

import re

from tests.support.oracle_746_claim import Answer, Claim, Item, Opening, Openings, answer_claim
from tests.support.oracle_746_food import may_be_carved_out
from tests.support.oracle_746_hts import is_saved
from tests.support.truth import Line, Truth

SYRIA_EASED, SYRIA_UNKNOWN = "2025-09-02", "2026-09-25"
REPUBLICS_FROM, MED_FROM = "2022-02-24", "2024-04-29"
CRIMEA = re.compile(r"crimea|krym|sevastopol|simferopol|\bua-?43\b|\bua-?40\b")
REPUBLICS = re.compile(r"\b[dl]nr\b|\b[dl]pr\b|(donetsk|luhansk|lugansk) people")
OBLASTS = re.compile(r"donetsk|luhansk|lugansk|\bua-?14\b|\bua-?0?9\b")

NEWS = Opening(("740.9(a)(9)",))
LUGGAGE = Opening(("740.14(a)", "740.14(b)", "740.14(c)", "740.14(d)"))
CUBA: Openings = {
    "TMP": Opening(("740.9(a)(9)", "740.9(b)(1)(iv)")),
    "TSU": Opening(("740.13(a)", "740.13(b)", "740.13(c)")),
    "RPL": Opening(("740.10(a)",)),
    "AVS": Opening(("740.15(a)", "740.15(b)", "740.15(d)", "740.15(e)")),
    "BAG": Opening(terms=True),
    "GOV": Opening(terms=True),
    "GFT": Opening(terms=True),
    "CCD": Opening(terms=True),
    "SCP": Opening(terms=True),
}
NORTH_KOREA: Openings = {
    "TMP": NEWS,
    "GOV": Opening(("740.11(a)", "740.11(b)(2)")),
    "GFT": Opening(terms=True),
    "TSU": Opening(("740.13(a)", "740.13(b)")),
    "BAG": LUGGAGE,
    "AVS": Opening(("740.15(a)(4)",)),
}
UKRAINE = {**NORTH_KOREA, "AVS": Opening(("740.15(a)(4)", "740.15(d)"))}
SYRIA_BEFORE: Openings = {
    "TMP": NEWS,
    "GOV": Opening(("740.11(b)(2)",)),
    "TSU": Opening(("740.13(a)", "740.13(b)", "740.13(c)")),
    "BAG": LUGGAGE,
    "AVS": Opening(("740.15(a)(4)",)),
}
SYRIA_SINCE: Openings = {
    "TMP": Opening(("740.9(a)(3)", "740.9(a)(7)", "740.9(a)(9)", "740.9(a)(10)", "740.9(a)(11)(ii)")),
    "RPL": Opening(("740.10(a)",), terms=True),
    "GOV": Opening(("740.11(b)(2)", "740.11(c)", "740.11(d)")),
    "TSU": Opening(("740.13(a)", "740.13(b)", "740.13(c)", "740.13(g)")),
    "BAG": LUGGAGE,
    "AVS": Opening(("740.15(a)", "740.15(b)", "740.15(c)", "740.15(d)"), terms=True),
    "CCD": Opening(terms=True),
}


def judge_cuba(line: Line, item: Item, claim: Claim) -> Answer:
    """746.2: all items, food and medicine too."""
    if claim.kind == "ofac":
        return _as_done(line, Answer("undetermined", "ofac-authority"))
    openings = dict(CUBA)
    if not item.is_listed:
        openings["AGR"] = Opening(terms=True)
    if line.get("activity") == "reexport":
        openings["APR"] = Opening(("740.16(h)",))
    elif line.get("activity") != "export":
        openings["APR"] = Opening(("740.16(h)",), terms=True)
    return _as_done(line, answer_claim(claim, True, "all-items", openings, item))


def judge_iran(line: Line, item: Item, claim: Claim) -> Answer:
    """746.7(a) and (e): what OFAC has not authorised; no exception serves, (c)."""
    if claim.kind == "ofac":
        return _as_done(line, Answer("clear", "ofac-license"))
    return _as_done(line, answer_claim(claim, True, "all-items", {}, item))


def judge_north_korea(line: Line, item: Item, claim: Claim) -> Answer:
    """746.4: all items but food and medicine that are EAR99."""
    return _as_done(line, answer_claim(claim, *_all_but_food(line, item), NORTH_KOREA, item))


def judge_syria(line: Line, item: Item, claim: Claim) -> Answer:
    """746.9: the same scope; from 2025-09-02 SPP for what is EAR99."""
    day = str(line["export_on"])
    scope, why = _all_but_food(line, item)
    is_eased = day >= SYRIA_EASED and not item.is_listed
    if is_eased and claim.symbol == "SPP" and scope is not False:
        return _as_done(line, Answer("clear", "exception-open"))
    if is_eased and scope:
        why = "spp-not-claimed"
    answer = answer_claim(claim, scope, why, SYRIA_SINCE if day >= SYRIA_EASED else SYRIA_BEFORE, item)
    if day >= SYRIA_UNKNOWN and answer.outcome == "flag":
        answer = Answer("undetermined", "syria-doubt")
    return _as_done(line, answer)


def judge_occupied(line: Line, item: Item, claim: Claim) -> Answer:
    """746.6: Crimea, and from 2022-02-24 the so-called republics; export, reexport and transfer."""
    day = str(line["export_on"])
    is_there, why = is_occupied(line)
    if line.get("destination") == "RU":  # of Ukraine by its region; under 746.6 or 746.8, nobody says
        is_open = CRIMEA.search(_place_of(line)) and claim.kind != "license"
        return Answer("undetermined", "recorded-under-russia") if is_open else Answer("clear", "place-other")
    if is_there is False:
        return Answer("clear", why)
    scope, reason = _all_but_food(line, item)
    is_program = line.get("form") == "intangible" and not item.is_listed
    if scope and (is_program or re.match(r"5D992(\.c|$)", item.eccn)):
        scope, reason = None, "internet-software-possible"
    if scope and is_there is None:
        scope, reason = None, why
    openings = UKRAINE | ({"MED": Opening(terms=True)} if day >= MED_FROM else {})
    return answer_claim(claim, scope, reason, openings, item, is_d5=False)


def is_occupied(line: Line) -> tuple[Truth, str]:
    """Whether the place of a line in Ukraine is occupied. Without one it is presumed not to be."""
    text = _place_of(line)
    day = str(line["export_on"])
    if not re.search("[^\\W_]", text):
        return False, "place-unknown"
    if CRIMEA.search(text):
        return True, "all-items"
    if not OBLASTS.search(text) and not REPUBLICS.search(text):
        return False, "place-other"
    if day < REPUBLICS_FROM:
        return False, "before-wave"
    if is_saved(REPUBLICS_FROM, line) is None:
        return None, "savings-clause"
    return (True, "all-items") if REPUBLICS.search(text) else (None, "place-doubtful")


def _place_of(line: Line) -> str:
    return " ".join(line.get(one) or "" for one in ("destination_region", "destination_city")).lower()


def _all_but_food(line: Line, item: Item) -> tuple[Truth, str]:
    if item.is_listed:
        return True, "all-items"
    is_food = may_be_carved_out(line, is_ear99=item.is_told)
    if is_food is None:
        return None, "food-medicine-unknown"
    return (False, "food-medicine") if is_food else (True, "all-items")


def _as_done(line: Line, answer: Answer) -> Answer:
    """These sections name exports and reexports alone."""
    activity = line.get("activity")
    if activity == "in_country_transfer":
        return Answer("clear", "activity-not-named")
    if activity not in ("export", "reexport") and answer.outcome == "flag":
        return Answer("undetermined", "activity-unknown")
    return answer
