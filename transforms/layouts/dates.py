"""How dates are written in a file, and in its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.layouts.part import refusal

ISO_DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""How dates are read where a layout does not say."""
DECIDE = "decide"
"""What stands in a drafted layout where a person has to say which."""
SERIAL = "serial"
"""What stands for a date that is a number of days, as spreadsheets keep it: 45000 is 2023-03-15."""
_DIRECTIVES = "%Y %y %m %b %B %d %H %I %M %S %f %p %a %A %z %%"
_DATE_PARTS = (("year", ("%Y", "%y")), ("month", ("%m", "%b", "%B")), ("day", ("%d",)))
NAME_DIGITS = {"%Y": 4, "%y": 2, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
"""What a date in the name of a file is made of, and how many digits each part has."""


def wall_forms(forms: Sequence[str]) -> tuple[str, ...]:
    """Return date formats without %z: the day of a moment is the one that its clock shows, not that of UTC."""
    return tuple(dict.fromkeys(form.replace("%z", "").rstrip() for form in forms))


def check_date_format(text: str) -> None:
    """Raise unless `text` is a strptime format with one year, one month and one day, or the word for serial dates."""
    if text == SERIAL:
        return
    if text.startswith(DECIDE):
        raise refusal("the form of the dates is still to be decided", text.partition(": ")[2] or "a date format")
    allowed = f"one of %Y %y, one of %m %b %B, and %d; besides them {_DIRECTIVES}; or {SERIAL}"
    found = re.findall(r"%.?", text)
    for directive in found:
        if directive not in _DIRECTIVES.split():
            raise refusal(f"date format {text!r}: {directive!r} cannot be read", allowed)
    for part, ways in _DATE_PARTS:
        count = sum(directive in ways for directive in found)
        if count != 1:
            raise refusal(f"date format {text!r} has {'no' if not count else 'more than one'} {part}", allowed)
