"""What a row of a file is: a shipment line, an item record, or a line of a filing as AES holds it."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.drafts.contents import Column
from transforms.drafts.known import Source
from transforms.drafts.offers import Heard
from transforms.kinds import FILINGS, ITEMS, LINES, KindName, RecordKind

_ALSO_OF_ITEMS = frozenset({"plain_date", "plain_country", "quantity", "value_usd", "document_number", "created_date"})


def decide_kind(heard: Sequence[Heard], columns: Sequence[Column], best: Source | None) -> tuple[RecordKind, str]:
    """Return the kind and why, in a sentence. Paper of the exporter's own is never a filing, whatever ITN it shows."""
    first = {one.offers[0].meaning.name: one for one in reversed(heard) if one.offers}
    any_of = {offer.meaning.name: one for one in reversed(heard) for offer in one.offers}
    told = {one.offers[0].meaning.tells: one.heading for one in reversed(heard) if one.offers}
    of_aes = [one.heading for one in heard if one.offers and one.offers[0].meaning.tells == "aes"]
    names_status = "status" in first
    if "itn" in first and "own" not in told:
        signs = [*of_aes, *([first["status"].heading] if names_status else [])]
        itn = first["itn"].heading
        if len(signs) >= 2:
            shown = ", ".join(map(repr, signs[:3]))
            return FILINGS, f"ITNs ({itn!r}) beside what only AES reports have ({shown}), and nothing of a sale"
        if not any(one.offers[0].meaning.names for one in heard if one.offers):
            return FILINGS, f"nothing but the ITN ({itn!r}) says which record a row is"
    part = any_of.get("part_number")
    trade = [
        one.heading
        for one in heard
        if one.offers and one is not part and one.offers[0].meaning.tells in ("own", "trade")
        and one.offers[0].meaning.name not in _ALSO_OF_ITEMS | {"unit_price", "list_price", "part_number"}
    ]  # fmt: skip
    is_of_items = {"valid_from", "valid_until", "eccn", "schedule_b"} & first.keys()
    of_both = _ALSO_OF_ITEMS & first.keys()
    is_bare = not trade and len(of_both) < 2 and not {"shipment_id", "line_number"} & first.keys()
    if part and is_bare and (columns[part.place].is_key or is_of_items):
        return ITEMS, f"one row for each part ({part.heading!r}), and nothing of a shipment"
    if "itn" in first and "own" in told:
        return LINES, f"the exporter's own paper ({told['own']!r}), which shows ITNs beside its lines"
    if best and not best.is_layout and best.kinds[0] != "lines" and not trade:
        return _named(best.kinds[0]), f"the headings are those of {best.title}"
    if trade:
        shown = ", ".join(map(repr, trade[:3]))
        return LINES, f"rows of shipments ({shown})"
    return LINES, "nothing says that it is an item master or a report of filings"


def _named(kind: KindName) -> RecordKind:
    return {"lines": LINES, "items": ITEMS, "filings": FILINGS}[kind]
