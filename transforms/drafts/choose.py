"""A first layout for a new source: what a row is, what feeds each column and why, and what only a person can tell.

Nothing is settled by a guess between two: what could be two things is asked, in a way that the check of layouts
refuses until it is answered. What feeds nothing is ignored by name, and said where it looks like it matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.drafts.contents import Column, Lists
from transforms.drafts.identity import identify
from transforms.drafts.kind import decide_kind
from transforms.drafts.known import Source, of_layouts
from transforms.drafts.matters import why_it_matters
from transforms.drafts.model import Choice, Draft, Left, Question
from transforms.drafts.offers import GUESS, Heard, Offer, best_source, hear
from transforms.drafts.rivals import Settled, settle, settle_value
from transforms.drafts.words import STANDS_IN, Words
from transforms.kinds import KINDS, KindName, RecordKind
from transforms.layouts.model import Layout
from transforms.layouts.naming import fold

_SETTLED_APART = frozenset({"line_number", "export_on", "destination", "value_usd"})
_CODES = ("eur", "gbp", "jpy", "cny", "cad", "chf", "aud", "inr", "krw", "mxn", "sgd", "sek", "hkd")


@dataclass(frozen=True)
class Knowledge:
    """All by which headings are told: words and meanings, known sources, layouts, and the lists of the rulebook."""

    words: Words
    sources: Sequence[Source]
    layouts: Mapping[str, Layout]
    lists: Lists


def draft_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], knowledge: Knowledge, kind: KindName | None = None
) -> Draft:
    """Return the draft for a file with these headings and first rows, of `kind` or of the kind that they show."""
    columns = [Column([row[place] for row in rows], knowledge.lists) for place in range(len(headings))]
    sources = [*knowledge.sources, *of_layouts(knowledge.layouts)]
    best = best_source(headings, sources)
    heard = hear(headings, columns, sources, knowledge.words, best)
    record, why = (KINDS[kind], "as you said") if kind else decide_kind(heard, columns, best)
    if best and record.name not in best.kinds:  # what the headings mean in another kind of record counts for less
        best = best_source(headings, [one for one in sources if record.name in one.kinds])
        heard = hear(headings, columns, sources, knowledge.words, best)
    return _Drafting(record, heard, columns, knowledge).draft(why, best.title if best else "")


class _Drafting:
    """One draft on its way."""

    def __init__(
        self, kind: RecordKind, heard: Sequence[Heard], columns: Sequence[Column], knowledge: Knowledge
    ) -> None:
        self.kind, self.heard, self.columns, self.knowledge = kind, heard, columns, knowledge
        self.taken: dict[str, Offer] = {}
        self.reasons: dict[str, str] = {}
        self.passed: dict[int, str] = {}
        self.questions: list[Question] = []
        self.warnings: list[str] = []
        self.constants: dict[str, tuple[str, str]] = {}
        counts = Counter(fold(one.heading) for one in heard)
        self.twice = {heading for heading, count in counts.items() if count > 1 and heading}
        self.resolved = self._resolve()

    def draft(self, why: str, source: str) -> Draft:
        """Return the whole of it."""
        if self.kind.name == "lines":
            self._identify()
        for name in self.kind.names:
            if name not in _SETTLED_APART or (name == "line_number" and self.kind.name != "lines"):
                self._take_best(name)
        self._settle_rivals()
        self._settle_currency()
        choices = [
            Choice(name, one.place, one.heading, one.confidence, self.reasons.get(name, one.reason))
            for name in self.kind.names
            if (one := self.taken.get(name))
        ]
        left = [rest for heard in self.heard if (rest := self._left(heard, choices))]
        said = [rest.warning for rest in left if rest.warning]
        return Draft(self.kind, why, source, choices, self.questions, left, self.constants, [*self.warnings, *said])

    def _column(self, offer: Offer) -> str:
        return offer.meaning.column_of(self.kind.name)

    def _resolve(self) -> list[Offer]:
        """Return one meaning for each heading that has any: where several are as likely, one that nothing else has."""
        resolved: dict[int, Offer] = {}
        open_: list[tuple[Heard, list[Offer]]] = []
        for one in self.heard:
            strongest = [offer for offer in one.offers if offer.strength == one.offers[0].strength]
            if fold(one.heading) in self.twice or not strongest:
                continue
            if len(strongest) == 1:
                resolved[one.place] = strongest[0]
            else:
                open_.append((one, strongest))
        for one, offers in open_:
            has = {self._column(offer) for offer in resolved.values() if offer.meaning.tier > STANDS_IN}
            free = [offer for offer in offers if self._column(offer) and self._column(offer) not in has]
            best = (free or offers)[0]
            if best.meaning.name == "line_number" and len(free) > 1 and self._is_part(one.place):
                best = free[1]
            resolved[one.place] = best
        return [resolved[place] for place in sorted(resolved)]

    def _is_part(self, place: int) -> bool:
        """Whether whole numbers are too large to count the lines of a shipment."""
        numbers = [int(float(value)) for value in self.columns[place].distinct if value.replace(".", "").isdigit()]
        return bool(numbers) and max(numbers) > 9_999 and any(number % 10 for number in numbers)

    def _identify(self) -> None:
        found = identify(self.resolved, self.columns)
        if found.shipment:
            self.taken["shipment_id"] = found.shipment
            if found.shipment.meaning.name != "shipment_id":
                self.reasons["shipment_id"] = f"{found.shipment.reason}; no other number names the shipment better"
        if found.line:
            self.taken["line_number"] = found.line
        if found.constant:
            self.constants["line_number"] = (found.constant, "each shipment is one row")
        if found.question:
            self.questions.append(found.question)
        self.warnings += [found.warning] if found.warning else []

    def _take_best(self, name: str) -> None:
        """Take the heading that serves a column best, where any does; of equals the first that is filled."""
        if name in self.taken:
            return
        offers = [one for one in self.resolved if self._column(one) == name]
        offers = [one for one in offers if one.meaning.tier > STANDS_IN]
        if offers:
            ranked = {one: (one.meaning.tier, one.strength, self._filled(one), -one.place) for one in offers}
            self.taken[name] = max(offers, key=ranked.__getitem__)

    def _filled(self, offer: Offer) -> int:
        return len(self.columns[offer.place].filled)

    def _candidates(self, name: str) -> list[Offer]:
        """Return those that could be meant, but for columns that hold nothing where another one does."""
        offers = [one for one in self.resolved if self._column(one) == name and one.meaning.tier > 0]
        return [one for one in offers if self._filled(one)] or offers

    def _settle_rivals(self) -> None:
        dates = settle("export_on", self._candidates("export_on"))
        if not dates.taken and not dates.question and (tendered := self.taken.get("tendered_on")):
            warning = f"{tendered.heading!r} is taken for the date of export too, as no other column is: check it."
            dates = Settled(tendered, warning=warning)
        self._put("export_on", dates)
        if "destination" in self.kind.names:
            places = settle("destination", self._candidates("destination"))
            if not places.taken and not places.question and (consignee := self.taken.get("consignee_country")):
                warning = f"{consignee.heading!r} is taken for the country of destination too, as no other column is."
                places = Settled(consignee, warning=warning)
            self._put("destination", places)
        if "value_usd" in self.kind.names:
            self._settle_value()
        if self.kind.exported_on and self.kind.by_name[self.kind.exported_on].required:
            self._ask_for_a_date()

    def _ask_for_a_date(self) -> None:
        """Show the dates that are none of export, where no better one is there."""
        if "export_on" in self.taken or any(one.column == "export_on" for one in self.questions):
            return
        others = [one for one in self.resolved if one.meaning.looks == "date" and not self._column(one)]
        if others:
            asks = "No column is known to be the date of export. Is one of these, or does the source have another?"
            options = tuple((one.place, one.heading, one.meaning.means) for one in others)
            self.questions.append(Question("export_on", asks, options))

    def _settle_value(self) -> None:
        candidates = self._candidates("value_usd")
        served = [one for one in candidates if one.meaning.name == "value_usd"]
        in_dollars = [one for one in served if "usd" in self.knowledge.words.read(one.heading).concepts]
        others = [one for one in served if one not in in_dollars]
        has_both = "value_recorded" in self.kind.names and "value_recorded" not in self.taken
        if has_both and len(in_dollars) == len(others) == 1:
            self.taken["value_recorded"] = others[0]
            self.reasons["value_recorded"] = f"{others[0].reason}, beside {in_dollars[0].heading!r} in dollars"
            candidates = [one for one in candidates if one is not others[0]]
        each = "line_number" in self.constants
        quantity = self.taken.get("quantity")
        settled = settle_value(candidates, self.columns, quantity, one_row_each=each)
        self.passed |= settled.passed or {}
        self._put("value_usd", settled)

    def _put(self, name: str, settled: Settled) -> None:
        if name not in self.kind.names:
            return
        if settled.taken:
            self.taken[name] = settled.taken
        if settled.question:
            self.questions.append(settled.question)
        self.warnings += [settled.warning] if settled.warning else []

    def _settle_currency(self) -> None:
        """State the currency that the heading of the value names, where no column does."""
        value = self.taken.get("value_usd")
        if value is None or "currency" not in self.kind.names or "currency" in self.taken:
            return
        words = set(value.heading.casefold().replace("(", " ").replace(")", " ").replace("_", " ").split())
        if code := next((code for code in _CODES if code in words), ""):
            self.constants["currency"] = (code.upper(), f"named in {value.heading!r}")

    def _left(self, heard: Heard, choices: Sequence[Choice]) -> Left | None:
        if any(one.place == heard.place for one in choices):
            return None
        place, heading = heard.place, heard.heading
        is_option = any(place == option[0] for one in self.questions for option in one.options)
        if fold(heading) in self.twice:
            known = "several columns have this heading: give each its own in the file"
            return Left(place, heading, known, f"{heading!r} stands above several columns, so that none can be read.")
        if not fold(heading):
            return Left(place, heading, heard.known, "A column has no heading." if self.columns[place].filled else "")
        offer = next((one for one in self.resolved if one.place == place), None)
        if offer is None:
            warning = f"{heading!r} is {heard.refused}, and is not read." if heard.refused else ""
            return Left(place, heading, heard.known, warning, is_option)
        known = self.passed.get(place) or offer.meaning.means
        column = self._column(offer)
        if column in self.taken and place not in self.passed:
            known = f"{known}; {column} is read from {self.taken[column].heading!r}"
        if offer.confidence == GUESS:
            known = f"perhaps {known}"
        is_read_elsewhere = column == "currency" and column in self.taken
        warning = "" if is_read_elsewhere else why_it_matters(heading, offer.meaning, self.columns[place])
        return Left(place, heading, known, warning, is_option)
