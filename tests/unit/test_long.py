"""What `make test` leaves to `make long` by `long.txt` is there, so that no line of it outlives its test."""

from __future__ import annotations

import re

from tests.support.later import LONG
from tests.support.layouts import REPO


def test_each_line_names_a_test() -> None:
    texts = {path: (REPO / path).read_text(encoding="utf-8") for path in {one.split("::")[0] for one in LONG}}
    named = {(path, rest.split("[")[0]) for path, _, rest in (one.partition("::") for one in LONG)}
    assert [(path, name) for path, name in named if not re.search(rf"^def {name}\(", texts[path], re.MULTILINE)] == []


def test_no_test_of_the_law_is_left_for_later() -> None:
    assert [one for one in LONG if one.startswith(("tests/cases/", "tests/property/test_oracle"))] == []
