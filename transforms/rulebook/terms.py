"""The terms of the law by which the facts of lines are told: those of a rulebook, beside those of a home."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.facts import all_terms
from transforms.rulebook.model import Rulebook


def terms_unlike(rulebook: Rulebook, held: Mapping[str, object]) -> list[str]:
    """Return the parameters that a rulebook has otherwise than the facts of a home were told by."""
    return [name for name, value in rulebook.parameters.terms(all_terms()).items() if value != held[name]]


def terms_lacking(rulebook: Rulebook, home: Rulebook) -> list[str]:
    """Return what a rulebook counts and that of a home does not, so that no fact tells it: `NAME: WORD, WORD`."""
    known = home.parameters.terms(all_terms())
    lacking = {
        name: [str(one) for one in value if one not in known[name]]
        for name, value in rulebook.parameters.terms(all_terms()).items()
    }
    return [f"{name}: {', '.join(words)}" for name, words in lacking.items() if words]
