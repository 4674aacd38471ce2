"""The families of the law: each a folder of SQL that leaves verdicts, the keys of what they concern, and its rules.

A family `x` leaves three relations: `x_verdicts` (family, subject_key, rule_key, a stretch of days, outcome, answer,
opening, statement ...), `x_keys` (situation_key, family, subject_key) and `x_rules` (family, rule_key, rule_id,
authority, remedy ...). Whatever comes after reads the union of all: a new family is a folder, and its name here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from transforms.pipeline import Stage

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Family:
    """One family: its name, and the stage that leaves its three relations."""

    name: str
    stage: Stage
    asks_elsewhere: bool = False
    """Whether it also decides subjects that no situation is in, as where a destination is thought to be another one."""


CONTROL = Family("control", Stage(
    name="decide",
    folder=FOLDER / "control",
    reads=(
        "rule_versions", "rule_periods", "item_words", "place_words", "exception_terms", "memberships", "license_codes",
        "fact_clauses", "heading_words", "exception_limits",
    ),
    leaves=("version_verdicts", "control_verdicts", "control_keys", "control_rules"),
    steps=(
        "control_situations", "item_states", "place_states", "heading_states", "asked_item_facts", "item_fact_states",
        "claims", "answers", "limit_states", "rules_in_reach", "version_verdicts",
        "control_verdicts", "control_keys", "control_rules",
    ),
    is_shared=True,
), asks_elsewhere=True)  # fmt: skip
"""License requirements: 15 CFR parts 742 and 740. Checks read what they say of the countries of other parties."""
PARTY = Family("party", Stage(
    name="decide",
    folder=FOLDER / "party",
    reads=("party_versions", "rule_periods", "entries_on_lists", "supplement_2", "parameters", "claims"),
    leaves=("party_hits", "party_listings", "party_verdicts", "party_keys", "party_rules"),
    steps=(
        "party_hits", "party_listings", "party_outcomes", "told_listings", "party_verdicts", "party_keys",
        "party_rules",
    ),
    is_shared=True,
))  # fmt: skip
"""Parties on a list, as of the day of export: 15 CFR part 744. Filing reads who is on the Unverified List."""
FILING = Family("filing", Stage(
    name="decide",
    folder=FOLDER / "filing",
    reads=(
        "filing", "provisions", "rule_versions", "rule_periods", "license_codes", "control_verdicts", "parameters",
        "party_hits", "party_listings", "entries_on_lists",
    ),
    leaves=("filing_verdicts", "filing_keys", "filing_rules", "cited_legends"),
    steps=(
        "filing_subjects", "filing_situations", "asked_provisions", "filing_reach", "license_needed", "listed_needed",
        "filing_weighed",
        "filing_outcomes", "cited_legends", "filing_verdicts", "filing_keys", "filing_rules",
    ),
    is_shared=True,
))  # fmt: skip
"""EEI: 15 CFR 758.1 and part 30. Checks read what became of the legends that are cited."""
RECORD = Family("record", Stage(
    name="decide",
    folder=FOLDER / "record",
    reads=("checks",),
    leaves=("record_verdicts", "record_keys", "record_rules"),
    steps=("record_keys", "record_rules"),
    is_shared=True,
))  # fmt: skip
"""Checks of the record, by SQL of the rulebook: `checks.py` fills `record_verdicts`."""
FAMILIES = (CONTROL, PARTY, FILING, RECORD)
