"""A comparison of before it had SQL of its own: it was part of the program, and the shipped one of its id stands in.

Homes keep the rulebooks that their runs were made under (`earshot verify`), and may have a rulebook of their own. What
their comparisons stated, they state still: dates, authority, figures, remedy. The question is that of this version.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transforms.content import read_yaml

_NEVER = "999999999"
"""The threshold where no rule stated one: then no value was declared low."""


def is_of_before(written: Any) -> bool:
    """Return whether a `rule.yml` is of the older form, without versions."""
    return isinstance(written, dict) and written.get("kind") == "reconcile" and "versions" not in written


def as_of_now(written: Mapping[str, Any], folder: Path, shipped: Path) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Return a rule of the older form in the present one, with its SQL; None where none of its id is shipped.

    `folder` is that of the rule, `shipped` the rulebook whose comparisons stand in.
    """
    ours = shipped / "reconcile" / folder.name
    now, faults = read_yaml(ours / "rule.yml", folder.name) if (ours / "rule.yml").is_file() else (None, [])
    if not isinstance(now, dict) or faults:
        return None
    last = now["versions"][-1]
    terms = {name: _stated(name, written, folder.parent) or value for name, value in last.get("terms", {}).items()}
    version = {key: written[key] for key in ("from", "authority", "doubt") if key in written}
    alike = [
        {key: value for key, value in one.items() if key != "places"} | {"values": one.get("places")}
        for one in written.get("alike") or ()
        if isinstance(one, dict)
    ]
    version |= {"terms": terms} if terms else {}
    version |= {"alike": alike} if alike else {}
    kept = {key: written[key] for key in ("id", "title", "severity", "remedy") if key in written}
    asked = {key: now[key] for key in ("about", "compares") if key in now}
    name = last.get("sql", "compare.sql")
    sql = (ours / name).read_text(encoding="utf-8").rstrip().rstrip(";")
    return kept | asked | {"versions": [version | {"sql": name}]}, {name: sql}


def _stated(name: str, written: Mapping[str, Any], room: Path) -> Any:
    """What the older form stated under other names; the threshold stood with one rule, and held for three."""
    tolerance = written.get("tolerance")
    if name.startswith("tolerance_"):
        return tolerance.get(name.removeprefix("tolerance_")) if isinstance(tolerance, dict) else None
    if name != "threshold_usd":
        return written.get(name)
    path = room / "value-declared-low" / "rule.yml"
    low, faults = read_yaml(path, path.name) if path.is_file() else (None, [])
    return low.get(name, _NEVER) if isinstance(low, dict) and not faults else _NEVER
