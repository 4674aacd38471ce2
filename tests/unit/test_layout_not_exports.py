"""What a layout may say of rows that are no exports, and how each fault of it is refused."""

from __future__ import annotations

import pytest

from tests.support.layouts import HEAD, WHOLE, acme, refusal
from transforms.layouts.match import choose, match, shown_differences
from transforms.layouts.not_exports import REASONS, fold_value
from transforms.left_out_words import NOT_EXPORTS, WORDS, told

FAULTS = {
    "an unknown key": ("{heading: T, header: T, values: RE, reason: return}", ["not_exports.0.header: unknown key"]),
    "no heading": ("{values: RE, reason: return}", ["not_exports.0.heading: the key is missing", "list of headings"]),
    "an empty heading": ("{heading: ' ', values: RE, reason: return}", ["heading: no heading is given, or an empty"]),
    "a heading twice": ("{heading: [A, a], values: RE, reason: return}", ["not_exports.0.heading: a heading appears"]),
    "no values": ("{heading: Type, reason: return}", ["not_exports.0.values: the key is missing"]),
    "a blank value": ("{heading: Type, values: [RE, ''], reason: return}", ["values: no value is given, or a blank"]),
    "every value": ("{heading: Type, values: '*', reason: return}", ["'*' would leave out every value"]),
    "a value twice": ("{heading: Type, values: [RE, ' re'], reason: return}", ["the value ' re' appears twice"]),
    "no reason": ("{heading: Type, values: RE}", ["not_exports.0.reason: the key is missing", "credit-memo"]),
    "an unknown reason": ("{heading: Type, values: RE, reason: retrun}", ["'retrun' is not known; did you mean 'ret"]),
    "British spelling": ("{heading: Type, values: C, reason: cancelled}", ["did you mean 'canceled'?"]),
    "a sample": ("{heading: Type, values: S, reason: sample}", ["'sample' is no reason: goods that", "734.13(a)"]),
    "a repair": ("{heading: Type, values: S, reason: Repair}", ["'Repair' is no reason", "let them be screened"]),
    "other without a note": ("{heading: Type, values: S, reason: other}", ["not_exports.0: the reason other needs a"]),
    "a drop shipment without a note": (
        "{heading: Type, values: S, reason: drop-shipment-abroad, note: ' '}",
        ["drop-shipment-abroad needs a note", "not subject to the EAR"],
    ),
    "text for a mapping": ("Type", ["not_exports.0: no heading is given", "heading, values and reason"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_not_exports_are_refused_with_key_and_what_is_allowed(tmp_path, case):
    entry, expected = FAULTS[case]
    message = refusal(tmp_path, f"{WHOLE}not_exports:\n  - {entry}\n")
    assert [part for part in expected if part not in message] == [], message
    assert len(message.splitlines()) == 1


def test_they_are_asked_of_lines_alone_read_no_ignored_heading_and_have_one_reason_each(tmp_path):
    told_of = "not_exports:\n  - {heading: Type, values: [RE], reason: return}\n"
    items = HEAD + "kind: items\ncolumns: {part_number: Part}\n" + told_of
    assert "not_exports: items are not screened as exports" in refusal(tmp_path, items)
    ignored = WHOLE + told_of + "ignore: [type]\n"
    assert "not_exports.0.heading: the heading 'Type' is ignored too" in refusal(tmp_path, ignored)
    twice = WHOLE + told_of + "  - {heading: TYPE, values: [re], reason: canceled}\n"
    assert "not_exports.1.values: 're' of 'TYPE' has two reasons, return and canceled" in refusal(tmp_path, twice)


def test_a_file_without_the_heading_does_not_fit(tmp_path):
    layout = acme(tmp_path, "not_exports:\n  - {heading: [Type, Art], values: RE, reason: return}\n")
    headings = ["No", "Item", "Shipped"]
    found = match(layout, [*headings, "ART"])
    assert (found.told_by, found.fits, found.unknown) == (((3, "ART"),), True, ())
    assert choose({"acme": layout}, [*headings, "Type"], "x.csv").told_by == ((3, "Type"),)
    lacking = match(layout, headings)
    assert not lacking.fits
    (said,) = shown_differences(lacking)
    assert said == "  no column for not_exports (return), which tells exports apart: 'Type' or 'Art'"


def test_a_heading_may_be_read_and_tell_exports_apart_too(tmp_path):
    layout = acme(tmp_path, "  uom: Type\nnot_exports:\n  - {heading: Type, values: RE, reason: return}\n")
    assert match(layout, ["No", "Item", "Shipped", "Type"]).fits


def test_every_reason_has_words_and_no_other_is_told_as_one():
    assert tuple(NOT_EXPORTS) == REASONS
    assert len(set(WORDS.values())) == len(WORDS)
    assert told({"return": 3, "total": 1200}) == "totals 1,200, returns 3"
    assert fold_value("  Re\t Turn ") == "re turn"
