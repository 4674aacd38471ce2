"""Numbers that show their decimal mark: they can be read with a point, or with a comma, and in no other way."""

from __future__ import annotations

import re

POINT = re.compile(r"-?\$?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0?\.\d+|\d{1,3}(,\d{3}){2,})")
COMMA = re.compile(r"-?\$?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0?,\d+|\d{1,3}(\.\d{3}){2,})")
