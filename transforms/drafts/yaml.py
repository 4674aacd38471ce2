"""The draft of a layout as the YAML that a person reads through: column by column, each with what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from transforms.drafts.contents import NO_DATE, Column
from transforms.drafts.model import Choice, Draft, Left, Question
from transforms.drafts.values import date_forms, decimal_mark
from transforms.drafts.without import without
from transforms.layouts.dates import DECIDE, SERIAL
from transforms.layouts.format import DELIMITER_WORDS, Format
from transforms.layouts.naming import fold

_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}
_SHOWN = 3
_LONGEST = 40


def write_draft(
    draft: Draft, layout_id: str, file_name: str, rows: Sequence[Sequence[str]], form: Format, *, is_text: bool
) -> str:
    """Return the layout as YAML. It is read as it is, or the check of layouts names what is left to decide."""
    of = f" It seems to be of {_plain(draft.source)}." if draft.source else ""
    lines = [
        f"# Drafted from the headings and the first rows of {_plain(file_name)}. Read it through; then",
        f"# earshot layout check {layout_id}.yml EXTRACT says what is left to decide.{of}",
        f"id: {_text(layout_id)}",
        f"title: {_text('Extract as ' + file_name)}  # say in words what it is",
        f"kind: {draft.kind.name}  # {_plain(draft.why)}",
        f"# whole: {'month' if draft.kind.exported_on else 'history'}  # if each extract is the whole of its period",
        *_format(draft, rows, form, is_text=is_text),
        *(f"# {name} is required, and no heading was found for it: add one, or a constant" for name in draft.missing),
        *(f"# Check: {_plain(warning)}" for warning in draft.warnings),
        "columns:" if draft.choices or draft.questions else "columns: {}",
    ]
    for one in draft.choices:
        lines += _column(draft, one, values_of(rows, one.place))
    for question in draft.questions:
        lines += _question(question, rows)
    if draft.constants:
        lines += ["constants:"]
        lines += [f"  {name}: {_text(value)}  # {_plain(why)}" for name, (value, why) in draft.constants.items()]
    lines += _without(draft)
    lines += _ignored(draft.left, rows)
    return "\n".join(lines) + "\n"


def _without(draft: Draft) -> Iterator[str]:
    yield from (f"# {_plain(sentence)}" for sentence in without(draft.kind.name, draft.found).values())


def _ignored(left: Sequence[Left], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    seen: set[str] = set()
    lines = []
    for one in left:
        said = f"{_text(one.heading)}  # {samples(values_of(rows, one.place))}; {_plain(one.known)}"
        lines.append(f"#  - {said}" if one.is_option or fold(one.heading) in seen else f"  - {said}")
        seen.add(fold(one.heading))
    if lines:
        yield "# Headings that feed nothing. Move one to a column above if it belongs there."
        yield "ignore:" if any(not line.startswith("#") for line in lines) else "# ignore:"
        yield from lines


def _format(draft: Draft, rows: Sequence[Sequence[str]], form: Format, *, is_text: bool) -> Iterator[str]:
    keys = []
    if is_text:
        delimiter = _WORDS.get(form.delimiter, form.delimiter)
        keys += [f"delimiter: {delimiter}", f"encoding: {form.encoding}"]
    if form.sheet:
        keys += [f"sheet: {_text(form.sheet)}"]
    numbers = [one for one in draft.choices if draft.kind.by_name[one.column].kind == "number"]
    values = [value for one in numbers for value in values_of(rows, one.place)]
    mark = decimal_mark(values)
    is_open = not mark and is_text and form.delimiter != "," and any("." in one or "," in one for one in values)
    if mark == "," or (mark and form.delimiter != ","):
        keys += [f"decimal: {_text(mark)}"]
    elif is_open or (values and not mark and any("," in value for value in values)):
        yield f"# the decimal mark could not be told from {samples(values)}: write . or , in its place"
        keys += [f"decimal: {DECIDE}"]
    if keys:
        yield f"format: {{{', '.join(keys)}}}  # as found out from the file"


def _column(draft: Draft, one: Choice, values: Sequence[str]) -> Iterator[str]:
    yield f"  # {samples(values)}; {one.confidence}: {_plain(one.reason)}"
    heading = _text(one.heading)
    column = draft.kind.by_name[one.column]
    is_date = column.kind in ("date", "moment")
    none = [value for value in values if value in NO_DATE] if is_date and not column.required else []
    blank = ", values: {" + ", ".join(f'{_text(value)}: ""' for value in none) + "}" if none else ""
    forms = date_forms(values) if is_date else None
    if is_date and Column(values).is_serial:
        yield "  # days as a spreadsheet counts them"
        forms = [SERIAL]
    if forms is None:
        yield f"  {one.column}: {{headings: {heading}{blank}}}" if blank else f"  {one.column}: {heading}"
        return
    if len(forms) == 1:
        dates = _text(forms[0])
    else:
        either = " or ".join(forms)
        yield f"  # could be {either}: write the one" if forms else "  # in no usual form of dates: write it"
        dates = _text(f"{DECIDE}: {either}" if forms else DECIDE)
    yield f"  {one.column}: {{headings: {heading}, dates: {dates}{blank}}}"


def _question(question: Question, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"  # {_plain(question.asks)}"
    for place, heading, what in question.options:
        values = values_of(rows, place)
        forms = date_forms(values) if question.column == "export_on" else None
        dates = f"; dates {' or '.join(forms)}" if forms else ""
        yield f"  #   {_text(heading)}: {_plain(what)}; {samples(values)}{dates}"
    either = " or ".join(heading for _, heading, _ in question.options) or "a heading"
    yield f"  {question.column}: {_text(f'{DECIDE}: {either}')}"


def values_of(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return the values of one column that are not empty, each once, in the order of the file."""
    return list(dict.fromkeys(value for row in rows if (value := row[place].strip())))


def samples(values: Sequence[str]) -> str:
    """Return the first values, as they are shown."""
    shown = [_plain(value if len(value) <= _LONGEST else value[:_LONGEST] + "...") for value in values[:_SHOWN]]
    return " | ".join(shown) if shown else "no value in the first rows"


def _plain(text: str) -> str:
    """Return a text for a comment: on one line, of printable characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _text(value: str) -> str:
    """Return a text as YAML, in quotation marks: of JSON's form, which YAML reads."""
    return json.dumps(value, ensure_ascii=not value.isprintable())
