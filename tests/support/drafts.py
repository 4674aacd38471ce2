"""Drafts of a rule: the usual control, but for what its versions change, and a skeleton as a person finishes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from transforms.rulebook.model import Control

VERSION = {
    "from": "2025-01-01",
    "authority": ["90 FR 1"],
    "activities": ["export"],
    "items": {"eccn": ["3A999"]},
    "destinations": {"countries": ["PK"]},
    "exceptions": {"others": "closed"},
}


def rule(*changes: dict[str, Any]) -> Control:
    versions = [VERSION | change for change in changes or ({},)]
    written = {"id": "draft", "title": "Draft", "reason": "RS", "remedy": "Ask", "versions": versions}
    return Control.model_validate(written, by_alias=True, by_name=False)


def finish(folder: Path) -> None:
    """Write the fields that a skeleton asks for."""
    rule = folder / "rule.yml"
    rule.write_text(
        re.sub(r'"TO-BE-WRITTEN:[^"]*"', "In words of our own", rule.read_text(encoding="utf-8")), encoding="utf-8"
    )
