"""A second reading of the filing rule: one line, slow and obvious, from 15 CFR 758.1(b) and part 30 as in the YAML.

Nothing here is shared with the engine but the model of a provision. 758.1(b)(6), the detour through Australia, Canada
or the United Kingdom, makes due what is due if sent direct, so it is left out: it changes no outcome.

What AES holds is the one thing that a line does not say of itself: its word `aes` is '' (nothing known), `held`, `not
held`, `cancelled`, `rejected`, `status not known` or `may be held`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tests.support.oracle import in_force, judge, read_claim
from tests.support.readable import ITN, TERRITORIES, read_proof
from tests.support.scope_oracle import is_readable, reaches_item, reaches_place
from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth, all_of, any_of, none_of
from transforms.rulebook.model import Control
from transforms.rulebook.provision import Provision, ProvisionVersion
from transforms.rulebook.scope import Items

LEGEND = re.compile(r"30\.[0-9]+(\([a-z0-9]\))*")


def judge_filing(
    line: Line, low_value: str, provisions: Sequence[Provision], controls: Sequence[Control], tables: Tables
) -> str:
    """What the rule `eei-filing` says of one line, whose shipment is worth `low_value`: see `values_oracle`."""
    return _Filing(line, low_value, provisions, controls, tables).outcome()


class _Filing:
    def __init__(
        self,
        line: Line,
        low_value: str,
        provisions: Sequence[Provision],
        controls: Sequence[Control],
        tables: Tables,
    ) -> None:
        self.line, self.low_value, self.controls, self.tables = line, low_value, controls, tables
        self.day = date.fromisoformat(str(line["export_on"]))
        self.itn, self.claimed = (str(line.get(one) or "").upper().strip() for one in ("itn", "eei_exemption"))
        self.proofs = [read_proof(text, self.day) for text in (self.itn, self.claimed)]
        if ITN.fullmatch(self.itn) and ITN.fullmatch(self.claimed):  # of two, the one in its own field counts
            self.proofs[1] = "nothing"
        self.aes = str(line.get("aes") or "")
        found = LEGEND.search(self.claimed.lower().replace(" ", ""))
        self.legend = found.group() if found else ""
        self.needs_license = self._needs_license()
        self.reached = [(one, *self._reached(one)) for one in provisions]

    def outcome(self) -> str:
        exclusions = [
            (getattr(version, "yields", False), None if truth is not False and version.own_terms else truth)
            for one, version, truth in self._of("exclusion")
            if not version.own_terms or self.legend in one.legends
        ]
        excluded = any_of(truth for yields, truth in exclusions if not yields)
        is_filed = self.aes == "held" or ("itn" in self.proofs and not self.aes)
        if excluded or is_filed or self.line.get("activity") in ("reexport", "in_country_transfer"):
            return "clear"
        yielding = any_of(truth for yields, truth in exclusions if yields)
        if yielding:
            return "clear" if all(truth is False for _, truth in self._overriding()) else "undetermined"
        outcome = self._weighed()
        is_settled = excluded is False and yielding is False and bool(self.line.get("activity"))
        return "undetermined" if outcome == "flagged" and not is_settled else outcome

    def _overriding(self) -> list[tuple[ProvisionVersion, Truth]]:
        return [
            (version, truth)
            for _, version, truth in self._of("trigger")
            if version.overrides_exemptions and not version.due_if_direct
        ]

    def _is_unread(self) -> bool:
        """Whether the line, or AES, may show a filing that cannot be told from none."""
        in_itn, in_exemption = (proof == "other" for proof in self.proofs)
        is_pending = "citation" in self.proofs and not self.aes
        is_open = self.aes in ("status not known", "may be held")
        return in_itn or (in_exemption and not self.legend) or is_pending or is_open or self._has_no_itn()

    def _has_no_itn(self) -> bool:
        """Whether the source has no ITNs: one that stands with the exemptions shows that it has."""
        return self.line.get("itn") is None and not ITN.fullmatch(self.claimed)

    def _weighed(self) -> str:
        triggers = self._overriding()
        certain = [version for version, truth in triggers if truth]
        is_open = any(
            self.legend in one.legends and version.own_terms and truth is not False
            for one, version, truth in self._of("exemption")
        )
        cannot_be_read = self._is_unread()
        if certain:
            spared = is_open and all(self._spares(version) for version in certain)
            return "undetermined" if spared or cannot_be_read else "flagged"
        tested = any_of(truth for _, version, truth in self._of("exemption") if not version.own_terms)
        if tested:
            without = "clear"
        elif tested is None or is_open or cannot_be_read or self.line.get("eei_exemption") is None:
            without = "undetermined"
        else:
            without = "flagged"
        is_possible = any(truth is None for _, truth in triggers)
        return "undetermined" if is_possible and without != "flagged" else without

    def _spares(self, version: ProvisionVersion) -> bool:
        return any(self.legend == one or self.legend.startswith(one + "(") for one in version.spares)

    def _of(self, kind: str) -> Iterable[tuple[Provision, ProvisionVersion, Truth]]:
        return ((one, version, truth) for one, version, truth in self.reached if version and one.kind == kind)

    def _reached(self, provision: Provision) -> tuple[ProvisionVersion | None, Truth]:
        """The version of that day and whether the line is within it, whether or not a legend is claimed."""
        version, doubts = in_force(provision.versions, self.day, self.line.get("eccn"))
        if version is None or version.presumed_absent:
            return None, False
        via = self.line.get("intermediate_country")
        destination = self.line.get("destination")
        truths = [
            None if doubts else True,
            self._is_of(version.items),
            reaches_place(version.destinations, destination, self.day, self.tables),
        ]
        if version.license_codes:
            truths.append(self._goes_under(version.license_codes))
        if version.schedule_b:
            number = re.sub("[. -]", "", self.line.get("schedule_b") or "")
            truths.append(number.startswith(tuple(version.schedule_b)))
        if version.via:
            is_detour = bool(via) and via != destination
            truths.append(is_detour and reaches_place(version.via, via, self.day, self.tables))
        if version.form:
            truths.append(self._is_sent_as(version.form))
        if left := getattr(version, "shipped_from", ()):
            truths.append((self.line.get("shipped_from") or "US") in left)
        if version.not_onward:
            parties = [self.line.get("consignee_country"), self.line.get("end_user_country")]
            home = (destination, "US") if destination in TERRITORIES else (destination,)
            truths.append(None if any(one and one not in home for one in parties) else True)
        if version.license_required:
            truths.append(self.needs_license)
        if getattr(version, "lists", ()):
            truths.append(False)  # no party of a drawn line is on a list: tests/property/test_listings.py draws those
        if version.threshold or version.threshold_usd is not None:
            is_over = {"over": True, "under": False, "unknown": None}[self.low_value]
            truths.append(is_over if provision.kind == "trigger" else none_of([is_over]))
        return version, all_of(truths)

    def _is_of(self, items: Items) -> Truth:
        """The series `600` and `9x515` stand for the entry of this very line, if it is one of theirs."""
        eccn = self.line.get("eccn")
        words = {name: [_own_word(word, eccn) for word in getattr(items, name)] for name in ("eccn", "but")}
        return reaches_item(Items.model_construct(all=items.all, eccn=words["eccn"], but=words["but"]), eccn)

    def _is_sent_as(self, form: str) -> Truth:
        recorded, eccn = self.line.get("form"), self.line.get("eccn")
        if recorded:
            return recorded == form
        return None if is_readable(eccn) and str(eccn)[1] in "DE" else form == "tangible"

    def _goes_under(self, codes: Sequence[str]) -> Truth:
        """Under one of these codes, or without a code under the symbol of one of them."""
        code, (kind, symbol) = self.line.get("license_code"), read_claim(self.line, self.tables)
        if code in codes or (
            not code and symbol in {row["symbol"] for one in codes for row in self.tables.codes[one]} - {""}
        ):
            return True
        if self._is_contrary() and self.line.get("license_number") in {
            row["symbol"] for one in codes for row in self.tables.codes[one]
        } - {""}:
            return None
        return None if kind == "not known" else False

    def _is_contrary(self) -> bool:
        """Whether the code is none, or what stands in the number field is not what the code takes."""
        code = self.line.get("license_code") or ""
        kinds = {row["kind"] for row in self.tables.codes.get(code, [])}
        return (
            bool(code)
            and read_claim(self.line, self.tables)[0] == "doubtful"
            and not kinds & {"license", "other_agency"}
        )

    def _needs_license(self) -> Truth:
        """758.1(b)(2): a license is claimed, or a control is flagged; what is saved needs none."""
        code, number = self.line.get("license_code") or "", self.line.get("license_number") or ""
        is_number_alone = not code and number != "DY6" and re.search("[0-9]", number)
        if is_number_alone or "license" in {row["kind"] for row in self.tables.codes.get(code, [])}:
            return True
        if self._is_contrary() and re.fullmatch("[A-Z][0-9]{6}", number):
            in_question: list[Truth] = [None]
        else:
            in_question = []
        outcomes = [judge(control, self.line, self.tables).outcome for control in self.controls]
        truths = {"flagged": True, "clear": False, "undetermined": None}
        return any_of([*in_question, *(truths[outcome] for outcome in outcomes)])


def _own_word(word: str, eccn: str | None) -> str:
    series, _, paragraph = word.partition(".")
    if series not in ("600", "9x515") or not is_readable(eccn):
        return word
    entry = str(eccn)[:5]
    is_one = entry[2] == "6" if series == "600" else entry[0] == "9" and entry[2:] == "515"
    return f"{entry}.{paragraph}".rstrip(".") if is_one else word
