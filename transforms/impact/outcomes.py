"""What one law says of some situations: its outcomes, and the license exceptions that are open under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from transforms.decide.decide import deciding
from transforms.pipeline import Stage
from transforms.rulebook.law import Law

OUTCOMES = Stage(
    name="impact",
    folder=Path(__file__).parent / "sql",
    reads=(
        "determinations", "keyed_subjects", "claims", "control_verdicts", "rule_versions", "control_situations",
        "control_keys", "exception_terms", "place_states", "item_states",
    ),
    leaves=("outcomes", "offers"),
)  # fmt: skip


@dataclass(frozen=True)
class Outcomes:
    """The tables that `outcomes.sql` and `offers.sql` make, once per law; the first comment in each says what a row is.

    The column `variant` names the law: `before`, `after`, or the id of a rule that is asked about by itself.
    """

    outcomes: pa.Table
    offers: pa.Table


def find_outcomes(subjects: pa.Table, law: Law, variant: str) -> Outcomes:
    """Return what `law`, which goes by the name `variant`, says of `subjects`, as `add_contexts` leaves them."""
    with deciding(subjects, law) as connection:
        made = (connection.sql(OUTCOMES.text(name)).to_arrow_table() for name in ("outcomes", "offers"))
        return Outcomes(*(table.add_column(0, "variant", pa.repeat(variant, len(table))) for table in made))


def join_outcomes(parts: Sequence[Outcomes]) -> Outcomes:
    """Return what several laws say as one."""
    return Outcomes(pa.concat_tables([one.outcomes for one in parts]), pa.concat_tables([one.offers for one in parts]))
