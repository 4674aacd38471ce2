"""What is told of the lists of parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.show import OUT
from flows.show.tables import Col, show_table

_MOST = 20
_NOTICE = "Facts and authorities, not legal advice. Ownership is not screened; removals before 2026 are incomplete."


def show_updates(updates: Sequence[Mapping[str, Any]]) -> None:
    """Print what each list gained, lost and changed."""
    for one in updates:
        since = f"held as of {one['held_as_of']}" if one["held_as_of"] else "not held before"
        OUT.print(f"[bold]{one['list']}[/] as of {one['as_of']} ({since}): {one['entries']:,} entries")
        for word, names in (("Came", one["came"]), ("Went", one["went"]), ("Changed", one["changed"])):
            if names:
                more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
                OUT.print(f"  {word} ({len(names):,}): {'; '.join(names[:_MOST])}{more}", markup=False)
            else:
                OUT.print(f"  {word}: none")
    OUT.print("The next screening holds the parties of all lines against what came and changed.")


def show_lists(told: Mapping[str, Any]) -> None:
    """Print the lists that are held, and how many entries stood on a day."""
    of = f" of {told['country']}" if told["country"] else ""
    rows = [
        (one["list"], one["title"], str(one["as_of"]), f"{one['entries']:,}", f"{one['sure']:,}",
         f"{one['possible']:,}",
         f"{one['shared']:,}", f"{one['names']:,}")
        for one in told["lists"]
    ]  # fmt: skip
    show_table(_LISTS, rows, title=f"Entries{of} on {told['on']}")
    OUT.print(_NOTICE)


_LISTS = (
    Col("List", "id"), Col("Name"), Col("As of"), Col("Entries\nheld", "number"), Col("On the\nlist", "number"),
    Col("May\nhave been", "number"), Col("With other\ncountries", "number"), Col("Names", "number"),
)  # fmt: skip


def show_rulings(rulings: Sequence[Mapping[str, Any]]) -> None:
    """Print the rulings on pairs, and whether each holds."""
    for one in rulings:
        where = f" ({one['country']})" if one["country"] else ""
        OUT.print(f"{one['party']}{where} and {one['entry_id']}: {one['ruling']}", markup=False)
        review = f"; review by {one['review_on']}" if one["review_on"] else ""
        OUT.print(f"  {one['reason']} ({one['ruled_by']}, {one['ruled_on']}{review})", markup=False)
        OUT.print(f"  {'Lapsed: ' + one['lapsed'] if one['lapsed'] else 'Holds'}", markup=False)
    if not rulings:
        OUT.print("No ruling on a party is kept. Rule on one with: earshot dispose FINDING --status another-party")


def show_party(told: Mapping[str, Any]) -> None:
    """Print the entries that a name may be, with what agrees, what does not, and the days."""
    where = f" ({told['country']})" if told["country"] else ""
    OUT.print(f"{told['party']}{where} on {told['on']}", markup=False)
    if not told["names_a_party"]:
        OUT.print("  This names no party. A line with it is undetermined (party-not-named).")
    elif not told["entries"]:
        OUT.print("  No entry of the lists that are held has a name like it.")
    for one in told["entries"]:
        countries = f" ({', '.join(one['countries'])})" if one["countries"] else ""
        other = f", a name of {one['entry_name']}" if one["listed_name"] != one["entry_name"] else ""
        name = one["listed_name"] + other
        OUT.print(f"{one['band']}: {name}{countries}", markup=False)
        OUT.print(f"  {one['list_title']}: {_STANDS[one['standing']]}; {_days(one)}", markup=False)
        OUT.print(f"  {_words(one)}", markup=False)
        if one["requires"]:
            OUT.print(f"  {one['requires'][:1].upper()}{one['requires'][1:]}.", markup=False)
        if one["citation"]:
            OUT.print(f"  {one['citation']}", markup=False)
    OUT.print(_NOTICE)


_STANDS = {
    "listed": "on the list on that day",
    "possible": "it may have been on the list on that day",
    "not listed": "not on the list on that day",
}
_COUNTRY = {"agrees": "the country agrees", "conflicts": "the country differs", "not known": "no country to compare"}


def _days(one: Mapping[str, Any]) -> str:
    start = f"listed {one['listed_from']}" if one["listed_from"] else "day of listing not known"
    if one["listed_from"] and one["possible_from"] != one["listed_from"]:
        earliest = f", {one['possible_from']} at the earliest" if one["possible_from"] else ""
        start = f"listed by {one['listed_from']}{earliest}"
    ends = one["listed_until"] or one["possible_until"]
    return start + (f", until {ends}" if ends else "") + f" (copy of {one['as_of']})"


def _words(one: Mapping[str, Any]) -> str:
    parts = [f"words that agree: {' '.join(one['met']) or 'none'}"]
    if one["unmet"]:
        parts.append(f"in the entry only: {' '.join(one['unmet'])}")
    if one["extra"]:
        parts.append(f"in the record only: {' '.join(one['extra'])}")
    parts.append(_COUNTRY[one["country_state"]])
    if one["address_state"] == "agrees":
        parts.append("the address agrees")
    return "; ".join(parts)
