"""What the shipped rulebook says of the shipped sample, as a person last reviewed it.

After a change of the rules or of the sample, write the file anew and read its difference line by line:

    EARSHOT_GOLDEN=write .venv/bin/python -m pytest tests/flow/test_golden.py && git diff tests/flow/golden
"""

from __future__ import annotations

import json
import os

from tests.support.command import Golden
from tests.support.golden import FILE, KEYS


def test_the_sample_is_judged_as_it_was_last_reviewed(golden: Golden) -> None:
    found = {key: golden.done.json[key] for key in KEYS}
    if os.environ.get("EARSHOT_GOLDEN") == "write":
        FILE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(FILE.read_text(encoding="utf-8"))
