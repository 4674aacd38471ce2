"""The draft of a layout as the YAML that a person finishes: one column after the other, each with what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from transforms.layouts.dates import DECIDE
from transforms.layouts.draft import Draft, Suggestion
from transforms.layouts.draft_values import date_forms, decimal_mark
from transforms.layouts.format import DELIMITER_WORDS, Format

_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}
_SHOWN = 3
_LONGEST = 40


def write_draft(
    draft: Draft, layout_id: str, file_name: str, rows: Sequence[Sequence[str]], form: Format, *, is_text: bool
) -> str:
    """Return the layout as YAML. It is read as it is, or the check of layouts names what is left to decide."""
    lines = [
        f"# Drafted from the headings and the first rows of {_plain(file_name)}. Read it through; then",
        f"# earshot layout check {layout_id}.yml EXTRACT says what is left to decide.",
        f"id: {_text(layout_id)}",
        f"title: {_text('Extract as ' + file_name)}  # say in words what it is",
        f"kind: {draft.kind.name}",
        f"# whole: {'month' if draft.kind.exported_on else 'history'}  # if each extract is the whole of its period",
        *_format(draft, rows, form, is_text=is_text),
        *(f"# {name} is required, and no heading was found for it: add one, or a constant" for name in draft.missing),
        "columns:" if draft.suggestions else "columns: {}",
    ]
    for one in draft.suggestions:
        lines += _column(draft, one, _values(rows, one.place))
    if draft.left:
        lines += ["# Headings that feed nothing yet. Move each to a column above, or take the # away to ignore it."]
        lines += ["# ignore:"]
        for place, heading, known in draft.left:
            lines += [f"#   - {_text(heading)}  # {_samples(_values(rows, place))}; {_plain(known)}"]
    return "\n".join(lines) + "\n"


def _format(draft: Draft, rows: Sequence[Sequence[str]], form: Format, *, is_text: bool) -> Iterator[str]:
    keys = []
    if is_text:
        delimiter = _WORDS.get(form.delimiter, form.delimiter)
        keys += [f"delimiter: {delimiter}", f"encoding: {form.encoding}"]
    if form.sheet:
        keys += [f"sheet: {_text(form.sheet)}"]
    numbers = [one for one in draft.suggestions if draft.kind.by_name[one.column].kind == "number"]
    values = [value for one in numbers for value in _values(rows, one.place)]
    mark = decimal_mark(values)
    is_open = bool(numbers) and not mark and is_text and form.delimiter != ","
    if mark == "," or (mark and form.delimiter != ","):
        keys += [f"decimal: {_text(mark)}"]
    elif is_open or (values and not mark and any("," in value for value in values)):
        yield f"# the decimal mark could not be told from {_samples(values)}: write . or , in its place"
        keys += [f"decimal: {DECIDE}"]
    if keys:
        yield f"format: {{{', '.join(keys)}}}  # as found out from the file"


def _column(draft: Draft, one: Suggestion, values: Sequence[str]) -> Iterator[str]:
    yield f"  # {_samples(values)}; {one.confidence}: {_plain(one.reason)}"
    heading = _text(one.heading)
    forms = date_forms(values) if draft.kind.by_name[one.column].kind in ("date", "moment") else None
    if forms is None:
        yield f"  {one.column}: {heading}"
        return
    if len(forms) == 1:
        dates = _text(forms[0])
    else:
        either = " or ".join(forms)
        yield f"  # could be {either}: write the one" if forms else "  # in no usual form of dates: write it"
        dates = _text(f"{DECIDE}: {either}" if forms else DECIDE)
    yield f"  {one.column}: {{headings: {heading}, dates: {dates}}}"


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return the values of one column that are not empty, each once, in the order of the file."""
    return list(dict.fromkeys(value for row in rows if (value := row[place].strip())))


def _samples(values: Sequence[str]) -> str:
    shown = [_plain(value if len(value) <= _LONGEST else value[:_LONGEST] + "...") for value in values[:_SHOWN]]
    return " | ".join(shown) if shown else "no value in the first rows"


def _plain(text: str) -> str:
    """Return a text for a comment: on one line, of printable characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _text(value: str) -> str:
    """Return a text as YAML, in quotation marks: of JSON's form, which YAML reads."""
    return json.dumps(value, ensure_ascii=not value.isprintable())
