"""The shipped rulebook, its law and what comes of its examples: once for all tests of a process.

Nobody changes what is handed out here; who wants another law makes it by `replace`.
"""

from __future__ import annotations

from functools import cache

from flows.settings import RULES
from transforms.compare.read import read_rules
from transforms.compare.rules import Comparison
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.model import Rulebook
from transforms.screening.cases import CaseResult, run_cases


@cache
def shipped_rules() -> tuple[Rulebook, tuple[Comparison, ...]]:
    """Return the rulebook with its examples, and the comparisons with AES."""
    return read_rules(RULES)


def shipped_rulebook() -> Rulebook:
    """Return the rulebook with its examples."""
    return shipped_rules()[0]


@cache
def shipped_law() -> Law:
    """Return all of it, compiled."""
    return compile_law(shipped_rulebook())


@cache
def shipped_results() -> list[CaseResult]:
    """Return what every example of the rulebook comes to."""
    return run_cases(shipped_rulebook(), shipped_law())
