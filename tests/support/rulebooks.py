"""A draft of one rule, and a rulebook of such rules, as their files are written."""

from __future__ import annotations

from pathlib import Path

from transforms.rulebook.words import KnownWords

WORDS = KnownWords(
    countries=frozenset({"PK", "NO", "CN", "MO", "IQ"}),
    groups=frozenset({"A:1", "B", "D:1", "D:5"}),
    chart_columns=frozenset({"NS1", "NS2", "RS1"}),
)
MINIMAL = """id: draft
title: A license is required
reason: RS
versions:
  - from: 2024-12-26
    authority: [89 FR 93164]
    activities: [export]
    items: {eccn: [3A999]}
    destinations: {countries: [PK]}
remedy: Hold the goods and ask counsel
"""

CASES = """defaults: {export_on: 2024-12-26, eccn: 3A999, destination: PK}
cases:
  - case: The day before
    line: {export_on: 2024-12-25, eccn:, license_code: ""}
    expect: undetermined
    missing: [eccn]
    because: no ECCN
"""


def draft(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "draft.yml"
    path.write_text(text, encoding="utf-8")
    return path


def rulebook(root: Path, *rule_ids: str) -> Path:
    for rule_id in rule_ids:
        folder = root / "controls" / rule_id
        folder.mkdir(parents=True)
        (folder / "rule.yml").write_text(MINIMAL.replace("id: draft", f"id: {rule_id}"), encoding="utf-8")
        (folder / "cases.yml").write_text(CASES, encoding="utf-8")
    return root
