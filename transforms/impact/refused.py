"""What may not be asked of the past: unknown ids, values that no fact of the home tells, a draft of another kind."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.errors import InputError
from transforms.impact.laws import FILING
from transforms.impact.listed import listed
from transforms.rulebook.draft import Draft
from transforms.rulebook.model import Rulebook
from transforms.rulebook.terms import terms_lacking
from transforms.rulebook.words import did_you_mean


def refuse_untold(home: Rulebook, other: Rulebook, name: str) -> None:
    """Raise InputError where a rulebook counts what no fact of the home tells."""
    if lacking := terms_lacking(other, home):
        raise InputError(
            f"{name}: uses values that the rulebook of this home lacks ({'; '.join(lacking)}). Add them to its"
            " rules/parameters/ and run the command again."
        )


def known_ids(rulebook: Rulebook) -> set[str]:
    """Return the ids that can be asked about."""
    ids = {rule.id for rule in (*rulebook.rules, *listed(rulebook))}
    return ids | ({FILING} if rulebook.filing else set())


def refuse_unknown(rulebook: Rulebook, ids: Sequence[str]) -> None:
    """Raise InputError for an id that the rulebook does not have."""
    known = known_ids(rulebook)
    for one in ids:
        if one not in known:
            raise InputError(
                f"{one}: not a rule of the rulebook, a file or a folder{did_you_mean(one, known) or '.'} Allowed:"
                " the id of a license requirement, filing provision or check (earshot rules list), a draft, or a whole"
                " rulebook."
            )


def refuse_other_kinds(drafts: Draft, home: Rulebook) -> None:
    """A draft takes the place of a rule of its id; of another kind of rule it cannot."""
    kinds = {rule.id: rule.kind for rule in home.rules}
    folder = home.root / "reconcile"
    kinds |= {one.name: "comparison with AES" for one in folder.iterdir()} if folder.is_dir() else {}
    for rule in drafts.rules:
        if kinds.get(rule.id, rule.kind) != rule.kind:
            raise InputError(
                f"{rule.id}: the id of a {kinds[rule.id]} in the rulebook, and the draft is a {rule.kind};"
                " give it another id"
            )
