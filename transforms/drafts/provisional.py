"""A draft as it would read with the first option of each open question: to show rows, never to load them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.drafts.model import Choice, Draft
from transforms.drafts.yaml import write_draft
from transforms.layouts.dates import DECIDE, ISO_DATES
from transforms.layouts.format import Format

_EITHER = re.compile(rf'dates: "{DECIDE}: ((?:(?! or )[^"])+) or [^"]*"')
_NO_FORM = re.compile(rf'dates: "{DECIDE}[^"]*"')
_MARK = re.compile(rf"decimal: {DECIDE}\b")


def provisional_layout(
    draft: Draft, layout_id: str, file_name: str, rows: Sequence[Sequence[str]], form: Format, *, is_text: bool
) -> str:
    """Return the layout as YAML, with the first option in place of each question; what is missing stays missing."""
    answered = [
        Choice(one.column, one.options[0][0], one.options[0][1], "open", one.asks)
        for one in draft.questions
        if one.options
    ]
    places = {name: at for at, name in enumerate(draft.kind.names)}
    choices = sorted([*draft.choices, *answered], key=lambda one: places[one.column])
    taken = {one.place for one in answered}
    left = [one for one in draft.left if one.place not in taken]
    left = [replace(one, is_option=False) for one in left]
    text = write_draft(
        replace(draft, choices=choices, questions=[], left=left), layout_id, file_name, rows, form, is_text=is_text
    )
    text = _EITHER.sub(r'dates: "\1"', text)
    return _MARK.sub('decimal: "."', _NO_FORM.sub(f'dates: "{ISO_DATES[0]}"', text))
