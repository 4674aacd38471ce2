"""What the shipped rulebook says of the shipped sample, as a person last reviewed it.

After a change of the rules or of the sample, write the files anew and read their difference line by line:

    make golden && git diff tests/flow/golden

What the lines of the Commerce Control List add to these counts is explained line by line in `ccl_lines.csv`.
"""

from __future__ import annotations

import json

import pytest

from tests.support.command import Golden
from tests.support.golden import FILE, KEYS, reviewed

pytestmark = pytest.mark.golden


def test_the_sample_is_judged_as_it_was_last_reviewed(golden: Golden) -> None:
    found = {key: golden.done.json[key] for key in KEYS}
    assert found == json.loads(reviewed(FILE.name, json.dumps(found, indent=2) + "\n"))
