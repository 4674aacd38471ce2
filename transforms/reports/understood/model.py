"""What the page of a file says; who has read the file fills it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.look.model import Look


@dataclass(frozen=True)
class Understood:
    """One file under one layout, drafted or checked."""

    file_name: str
    layout: str
    is_draft: bool
    kind: str
    version: str
    look: Look | None
    """None where the layout reads no row yet: `unread_because` says why."""
    is_whole: bool = False
    """Whether every row of the file was looked at, or only its first ones."""
    unread_because: str = ""
    why: str = ""
    """Why its rows are of the kind."""
    source: str = ""
    """The known source that its headings are like; empty where there is none."""
    form: str = ""
    """What the file was found to be, in words."""
    headings_at: Sequence[int] = (1,)
    titles: Sequence[str] = ()
    """What stands above the headings."""
    reasons: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Canonical column -> how certain its heading is (`confidence`), and why (`reason`)."""
    asks: Sequence[Mapping[str, Any]] = ()
    """The questions of a draft, each with its options."""
    to_decide: Sequence[str] = ()
    warnings: Sequence[str] = ()
    without: Sequence[str] = ()
    """What follows from what is missing."""
