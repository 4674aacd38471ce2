"""From what was asked to the two laws: ids, drafts, another baseline, or two whole rulebooks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from transforms.errors import InputError, RulebookError
from transforms.impact.laws import FILING, as_if_in_force, without
from transforms.impact.listed import described, differing, listed
from transforms.impact.refused import known_ids, refuse_other_kinds, refuse_unknown, refuse_untold
from transforms.impact.since import as_before
from transforms.impact.what_if import Question
from transforms.rulebook.compile import compile_law
from transforms.rulebook.draft import Draft, Rule
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.law import Law
from transforms.rulebook.listed import with_draft
from transforms.rulebook.model import Rulebook
from transforms.rulebook.parameter import Parameters, filled
from transforms.rulebook.read import read_draft, read_rulebook
from transforms.rulebook.read_parameters import is_parameter, read_parameter
from transforms.rulebook.words import known_words

_AS_IF, _AS_DATED = "as if in effect over the whole period", "at their own dates"


@dataclass(frozen=True)
class Asked:
    """A question with its names: what the two rulebooks are, and the rules by which they differ."""

    question: Question
    home: Rulebook
    """The rulebook of which the past was read."""
    baseline: str
    reform: str
    rules: list[dict[str, Any]]
    rests_on: dict[str, Any]
    """The rulebooks by hash and how they are read: what the name of the answer is derived from."""

    @property
    def reading(self) -> str:
        """How the rules are read, in words."""
        return _AS_IF if self.question.is_as_if else _AS_DATED


def read_question(
    home: Rulebook,
    rules: Sequence[str] = (),
    *,
    baseline: Path | None = None,
    without_ids: Sequence[str] = (),
    as_dated: bool = False,
    since: date | None = None,
    law: Law | None = None,
) -> Asked:
    """Return the question that `rules` put: ids in `home`, drafts, or one whole rulebook.

    The baseline is `home` without them, or the rulebook under `baseline`; the reform is the baseline with them. With
    `without_ids` the baseline is the rulebook without those, the reform the rulebook as it stands. With `since` the
    baseline is the rulebook with these controls as they stood before that day, the reform with them as on it. `law` is
    `home` compiled, where that was done before. Raises InputError for what is neither an id nor a draft, and
    RulebookError with every fault of a draft.
    """
    base = read_rulebook(baseline) if baseline else home
    refuse_untold(home, base, str(baseline))
    base_law = law if law and base is home else compile_law(base)
    base_name = f"the rulebook {baseline}" if baseline else "the rulebook"
    whole = [Path(one) for one in rules if (Path(one) / "tables").is_dir()]
    if since:
        refuse_unknown(base, rules)
        changing = {control.id for control in base.controls} & set(rules)
        if without_ids or baseline or as_dated or not rules or changing != set(rules):
            raise InputError(
                f"--since {since}: only with the ids of license requirements, without --baseline, --without and"
                " --as-dated. It shows what the change of that day adds."
            )
        after = as_before(base_law, rules, since + timedelta(days=1))
        asked = Question(as_before(base_law, rules, since), after, _sorted(rules), is_as_if=False)
        named = f"{base_name} with {', '.join(asked.asked)} as"
        names = f"{named} before {since}", f"{named} on {since}"
        return _asked(asked, home, *names, _rules(base, asked.asked), base, removed=("since", str(since)))
    if without_ids:
        if rules:
            raise InputError("--without: do not combine it with RULE. It shows what rules of the rulebook add today.")
        refuse_unknown(base, without_ids)
        asked = Question(without(base_law, without_ids), base_law, _sorted(without_ids), is_as_if=False)
        named = f"{base_name} without {', '.join(_sorted(without_ids))}"
        gone = ("without", *asked.asked)
        return _asked(asked, home, named, base_name, _rules(base, asked.asked), base, removed=gone)
    if not rules:
        raise InputError(
            "no rule is named. Give the id of a rule, a draft rule.yml, a folder of drafts, a draft of a parameter,"
            " or a whole rulebook."
        )
    if whole:
        if len(rules) > 1:
            raise InputError(f"{whole[0]}: a whole rulebook. Compare it alone, without other rules.")
        return _two_rulebooks(home, base, base_name, read_rulebook(whole[0]), f"the rulebook {whole[0]}")
    lists = [Path(one) for one in rules if one.endswith(".csv") and _is_path(home, one)]
    if lists:
        if len(rules) > 1:
            raise InputError(f"{lists[0]}: a draft of a list of parties. Give it alone, without rules.")
        other = _with_list(base, lists[0])
        return _two_rulebooks(home, base, base_name, other, f"{base_name} with {lists[0]}")
    values = [Path(one) for one in rules if _is_path(home, one) and is_parameter(Path(one))]
    if values:
        if len(rules) > 1:
            raise InputError(f"{values[0]}: a draft of a parameter. Give it alone, without rules.")
        other = _with_parameter(base, values[0])
        return _two_rulebooks(home, base, base_name, other, f"{base_name} with {values[0]}")
    drafts = _drafts([one for one in rules if _is_path(home, one)], base)
    refuse_other_kinds(drafts, home)
    ids = [one for one in rules if not _is_path(home, one)]
    refuse_unknown(home, ids)
    if rows := listed(home, ids):
        as_dated = True  # rows have dates, and are read at them
        if drafts.rules or baseline:
            raise InputError(f"{rows[0].id}: rows of rules/ccl. Ask about them without drafts and without --baseline.")
    added = _sorted([*ids, *(rule.id for rule in drafts.rules)])
    if baseline:
        drafts = replace(
            drafts, rules=(*drafts.rules, *_by_id(home, ids)), check_sql={**home.check_sql, **drafts.check_sql}
        )
        before = base_law
    else:
        before = without(base_law, ids)
    after = compile_law(drafts.within(base)) if drafts.rules else base_law
    question = Question(before, after if as_dated else as_if_in_force(after, added), added, is_as_if=not as_dated)
    named = base_name if baseline or not ids else f"{base_name} without {', '.join(_sorted(ids))}"
    rulebook = drafts.within(base if baseline else home)
    reform, gone = f"{base_name} with {', '.join(added)}", () if baseline else _sorted(ids)
    return _asked(question, home, named, reform, _rules(rulebook, added), base, removed=gone)


def _two_rulebooks(home: Rulebook, base: Rulebook, base_name: str, other: Rulebook, other_name: str) -> Asked:
    refuse_untold(home, other, other_name)
    ids = {rule.id for rule in (*base.rules, *other.rules)}
    before, after = {rule.id: rule for rule in base.rules}, {rule.id: rule for rule in other.rules}
    changed = {one for one in ids if before.get(one) != after.get(one)} | differing(base, other)
    changed |= {
        key[0] for key in {*base.check_sql, *other.check_sql} if base.check_sql.get(key) != other.check_sql.get(key)
    }
    is_whole = base.filing != other.filing or rulebook_hash(base.tables_dir) != rulebook_hash(other.tables_dir)
    if base.listed != other.listed:
        is_whole, changed = True, changed | {rule.id for rule in (*base.party_rules, *other.party_rules)}
    for name in {*base.parameters.by_name, *other.parameters.by_name}:
        if base.parameters.by_name.get(name) != other.parameters.by_name.get(name):
            is_whole, changed = True, changed | _naming(base, name) | _naming(other, name)
    question = Question(compile_law(base), compile_law(other), _sorted(changed), is_as_if=False, is_whole=is_whole)
    rules = _rules(other, question.asked)
    gone = _sorted(set(question.asked) - {one["id"] for one in rules})
    rules += [one | {"is_gone": True} for one in _rules(base, gone)]
    return _asked(question, home, base_name, other_name, rules, base, other.hash)


def _with_parameter(base: Rulebook, path: Path) -> Rulebook:
    """Return the rulebook with a draft of a parameter in place of its own. Raises RulebookError with every fault."""
    parameter, faults = read_parameter(path, path.as_posix())
    if not parameter:
        raise RulebookError(faults)
    digest = hashlib.sha256(f"{base.hash}\n{parameter.model_dump_json(by_alias=True)}".encode()).hexdigest()
    held = Parameters({**base.parameters.by_name, parameter.id: parameter})
    return replace(base, parameters=held, hash=digest)


def _with_list(base: Rulebook, path: Path) -> Rulebook:
    """Return the rulebook with the rows of a draft of a list in it. Raises RulebookError with every fault."""
    listed = with_draft(base.listed, path)
    digest = hashlib.sha256(f"{base.hash}\n{listed.digest}".encode()).hexdigest()
    return replace(base, listed=listed, hash=digest)


def _naming(rulebook: Rulebook, name: str) -> set[str]:
    """The ids of the rules that name a parameter, in a key of theirs or in their SQL."""
    named = {rule.id for rule in rulebook.rules if f'"{name}"' in rule.model_dump_json()}
    return named | {rule_id for (rule_id, _), text in rulebook.check_sql.items() if name in text}


def _asked(
    question: Question,
    home: Rulebook,
    baseline: str,
    reform: str,
    rules: list[dict[str, Any]],
    base: Rulebook,
    other: str = "",
    removed: Sequence[str] = (),
) -> Asked:
    """Name a question. `removed`: rules that its baseline lacks of `base`; `other`: the hash of another rulebook."""
    content = json.dumps([rules, removed, other, question.is_as_if], sort_keys=True, default=str)
    rests_on = {
        "baseline_hash": base.hash,
        "reform_hash": hashlib.sha256(f"{base.hash}\n{content}".encode()).hexdigest(),
        "rulebook_hash": home.hash,
        "rules": list(question.asked),
        "is_as_if": question.is_as_if,
        "removed": list(removed),
    }
    return Asked(question, home, baseline, reform, rules, rests_on)


def _is_path(home: Rulebook, text: str) -> bool:
    """What is the id of a rule is that rule, whatever folder has its name; anything else that is there is a draft."""
    return text not in known_ids(home) and Path(text).exists()


def _drafts(paths: Sequence[str], base: Rulebook) -> Draft:
    read = [read_draft(Path(path), known_words(base.tables_dir, base.parameters)) for path in paths]
    found = [rule.id for draft in read for rule in draft.rules]
    twice = sorted({one for one in found if found.count(one) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)}: in several of the drafts. Each id must occur once.")
    return Draft(
        tuple(rule for draft in read for rule in draft.rules),
        {key: one for draft in read for key, one in draft.cases.items()},
        {key: one for draft in read for key, one in draft.check_sql.items()},
    )


def _by_id(rulebook: Rulebook, ids: Sequence[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rulebook.rules if rule.id in ids or (FILING in ids and rule in rulebook.provisions))


def _rules(rulebook: Rulebook, ids: Sequence[str]) -> list[dict[str, Any]]:
    """One entry per rule asked about: what a reader needs to know it by, and its content for the name of the answer."""
    found, names = [], rulebook.parameters.names()
    for rule in _by_id(rulebook, ids):
        version = rule.versions[-1]
        content = rule.model_dump_json(by_alias=True)
        queries = sorted(text for (rule_id, _), text in rulebook.check_sql.items() if rule_id == rule.id)
        found.append(
            {
                "id": rule.id, "kind": rule.kind, "title": filled(rule.title, names), "from": version.from_on,
                "until": version.until, "authority": list(version.authority), "is_gone": False,
                "hash": hashlib.sha256("\n".join([content, *queries]).encode()).hexdigest(),
            }
        )  # fmt: skip
    return found + [described(rule, rulebook) for rule in listed(rulebook, ids)]


def _sorted(ids: Sequence[str] | set[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
