"""The part of a cell that one canonical column is read from: of an amount, a separated text, or a pattern."""

from __future__ import annotations

from typing import Any, Literal

import duckdb
from pydantic import field_validator, model_validator

from transforms.layouts.part import Part, refusal

Form = Literal["", "amount", "currency"]
_SIGN = r"[\p{L}\p{Sc}][\p{L}\p{Sc}.]{0,4}"
_NUMBER = r"-?[0-9][0-9.,'’\s\x{00A0}\x{202F}]*-?"
FORMS = {
    "amount": rf"^(?:{_SIGN}\s*)?({_NUMBER})$|^({_NUMBER})\s*{_SIGN}$",
    "currency": rf"^({_SIGN})\s*{_NUMBER}$|^{_NUMBER}\s*({_SIGN})$",
    "number": f"^{_NUMBER}$",
}
"""What a cell with an amount and its currency looks like: USD1250, EUR 1,250.00, 1.250,00 €. Two groups, one filled."""
MOST_PIECES = 20


class Piece(Part):
    """Which part of a cell counts; exactly one of `form`, `separator` and `pattern` is given."""

    form: Form = ""
    """amount or currency, of a cell with both."""
    separator: str = ""
    number: int = 1
    """Which of the separated pieces, from 1; from the last one back as -1."""
    of: int = 0
    """How many pieces the cell must have; 0: any."""
    pattern: str = ""
    """A regular expression of RE2 with one group, which is what counts."""
    optional: bool = False
    """Whether a cell without such a part is read as blank; else its row is quarantined."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        """Let the name of a form stand for the whole."""
        return {"form": given} if isinstance(given, str) else given

    @field_validator("number")
    @classmethod
    def _countable(cls, value: int) -> int:
        if value == 0 or abs(value) > MOST_PIECES:
            raise refusal(f"{value} is no piece of a cell", f"1 to {MOST_PIECES}, or -1 for the last one")
        return value

    @field_validator("of")
    @classmethod
    def _several(cls, value: int) -> int:
        if value and not 2 <= value <= MOST_PIECES:
            raise refusal(f"a cell of {value} pieces has none to choose", f"2 to {MOST_PIECES}")
        return value

    @field_validator("pattern")
    @classmethod
    def _one_group(cls, value: str) -> str:
        if value:
            problem, allowed = _fault_of(value), "a regular expression of RE2 with one group, as INV-([0-9]+)"
            if problem:
                raise refusal(f"the pattern {value!r} {problem}", allowed)
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Piece:
        given = [name for name in ("form", "separator", "pattern") if getattr(self, name)]
        if len(given) != 1:
            problem = f"{' and '.join(given)} are given" if given else "nothing says which part"
            raise refusal(problem, "one of form (amount, currency), separator and pattern")
        if given != ["separator"] and {"number", "of"} & self.model_fields_set:
            raise refusal(f"pieces are numbered without a separator, by {given[0]}", "number and of beside separator")
        if self.of and abs(self.number) > self.of:
            raise refusal(f"piece {self.number} of {self.of} is not there", f"a number up to {self.of}")
        return self


def _fault_of(pattern: str) -> str:
    """Return what is wrong with a pattern as DuckDB reads it; nothing where it has one group."""
    quoted = pattern.replace("'", "''")
    counts = 0
    with duckdb.connect(":memory:") as connection:
        for names in ("['a']", "['a', 'b']"):
            try:
                connection.execute(f"select regexp_extract('', '{quoted}', {names})")
            except duckdb.Error as error:
                told = str(error)
                if "capturing groups" in told:
                    break
                return "cannot be read: " + told.partition("Pattern failed to parse: ")[2].split("\n")[0].strip()
            counts += 1
    return {0: "has no group", 1: ""}.get(counts, "has more than one group")
