"""What every part of a layout is made of: a frozen model that refuses unknown keys, and the error of its validators."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

EACH_ONCE = "each heading once; case and spaces do not count"


def refusal(problem: str, allowed: str) -> PydanticCustomError:
    """Return the error of a validator: what is wrong and what is allowed, each to its own place in a `Fault`."""
    return PydanticCustomError("layout", "{problem}", {"problem": problem, "allowed": allowed})


class Part(BaseModel):
    """One part of a layout, frozen once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
