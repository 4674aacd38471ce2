"""What a library imports for uses that are not ours is left until it is asked for."""

from __future__ import annotations

import subprocess
import sys

IMPORTED = """
import sys
from transforms.ingest.door.suite import warm_up
warm_up()
print(sorted(one for one in ("altair", "scipy.stats") if one in sys.modules))
import great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than as drawn
print(drawn.stats.entropy([0.5, 0.5]) > 0)
import altair
print(drawn.alt.Chart is altair.Chart)
"""


def test_great_expectations_loads_what_it_draws_with_where_that_is_used_and_not_before() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True", "True"]
