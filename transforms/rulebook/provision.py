"""What an EEI provision is: a trigger of 15 CFR 758.1(b) or 30.2(a)(1)(iv), an exemption of part 30, an exclusion."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from transforms.rulebook import forms
from transforms.rulebook.before import BEFORE
from transforms.rulebook.forms import refused
from transforms.rulebook.parameter import PLACE
from transforms.rulebook.party import ListName, Role
from transforms.rulebook.scope import Items, Places, Written
from transforms.rulebook.versions import DatedVersion, Severity

VIA, HEADINGS = "transshipment-countries", "filing-headings"
"""The parameters that say what facts keep: of the intermediate country, and of the Schedule B number."""
Kind = Literal["trigger", "exemption", "exclusion"]


class ProvisionVersion(DatedVersion):
    """One version of a provision: its scope, and what it does to those within it.

    Of a trigger: `overrides_exemptions` says that it makes filing mandatory notwithstanding 15 CFR 30.36 to 30.40, but
    for the legends that it `spares`. Of an exemption: without `own_terms` it serves whatever is in scope, claimed or
    not; with `own_terms` it serves who claims it, on terms that no record proves. With `presumed_absent` no column
    shows whether it holds: it is never met, and every report says so. Of an exclusion: `yields` says that it does not
    end 15 CFR 758.1(b), so that a trigger that overrides leaves undetermined what is excluded. With `lists` it is met
    where a party of one of its `roles` is on one of them.
    """

    items: Items = Field(Items.model_validate({"all": True}), description="eccn and except, or all")
    destinations: Places = Field(Places.model_validate({"all": True}), description="countries, groups, chart or all")
    via: Places | None = Field(None, description="where the intermediate consignee is")
    license_codes: forms.LicenseCodes = ()
    schedule_b: forms.Prefixes = ()
    form: Literal["tangible", "intangible"] | None = None
    not_onward: forms.Flag = False
    license_required: forms.Flag = False
    due_if_direct: forms.Flag = False
    threshold: forms.Threshold | None = Field(None, description="a parameter in USD; a trigger is met above it")
    threshold_usd: forms.Amount | None = Field(None, description="the older form of threshold: US dollars")
    overrides_exemptions: forms.Flag = False
    spares: forms.Legends = ()
    own_terms: forms.Flag = False
    presumed_absent: forms.Text | None = None
    shipped_from: forms.HomePlaces = ()
    yields: forms.Flag = False
    lists: Annotated[tuple[ListName, ...], Field(min_length=1)] = Field((), description="lists of parties")
    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = Field((), description="the parties that it concerns")

    @field_validator("via")
    @classmethod
    def _via_what_the_fact_keeps(cls, via: Places | None, info: ValidationInfo) -> Places | None:
        kept = _kept(VIA, info)
        if via and (via.all or via.groups or via.chart or set(via.countries) - set(kept)):
            raise refused("the fact via_country keeps no other country", ", ".join(kept), ".countries")
        if via and set(via.lists) - {VIA}:
            raise refused("the fact via_country keeps the countries of no other list", VIA, ".lists")
        return via

    @field_validator("schedule_b")
    @classmethod
    def _headings_that_the_fact_keeps(cls, prefixes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        kept = _kept(HEADINGS, info)
        for at, prefix in enumerate(prefixes):
            if not prefix.startswith(kept):
                raise refused(f'"{prefix}" is under no heading that the fact hs6 keeps', ", ".join(kept), f"[{at}]")
        return prefixes

    @field_validator("threshold_usd")
    @classmethod
    def _one_threshold(cls, amount: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if amount is not None and info.data.get("threshold"):
            raise refused("both threshold and threshold_usd", "threshold, the name of a parameter")
        return amount

    @property
    def has_threshold(self) -> bool:
        """Whether it turns on the value of the shipment."""
        return self.threshold is not None or self.threshold_usd is not None

    @field_validator("spares")
    @classmethod
    def _spares_of_what_overrides(cls, spares: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if spares and not info.data.get("overrides_exemptions"):
            raise refused("spares exemptions, but overrides none", "only with overrides_exemptions: true")
        return spares


def _kept(name: str, info: ValidationInfo) -> tuple[str, ...]:
    known = info.context.parameters if info.context else None
    return (known if known is not None and name in known else BEFORE).ever(name)


class Provision(Written):
    """One EEI provision with its versions in order of date. Together the provisions make the rule `eei-filing`."""

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    kind: Kind = Field(description="trigger, exemption, exclusion")
    paragraph: forms.Text = Field(description="where it stands, as 758.1(b)(1)")
    legends: dict[forms.Legend, forms.Text] = Field(default_factory=dict, description="legend and what it is for")
    versions: Annotated[tuple[ProvisionVersion, ...], Field(min_length=1)] = Field(description="a list of versions")
    history: forms.Texts = ()

    @field_validator("legends")
    @classmethod
    def _legends_of_exemptions(cls, legends: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if legends and info.data.get("kind") == "trigger":
            raise refused("a trigger has no legend", "legends of an exemption or exclusion")
        return legends

    @field_validator("versions")
    @classmethod
    def _braces_name_a_threshold(
        cls, versions: tuple[ProvisionVersion, ...], info: ValidationInfo
    ) -> tuple[ProvisionVersion, ...]:
        known = {version.threshold for version in versions}
        for key, text in {"title": info.data.get("title", ""), **info.data.get("legends", {})}.items():
            for name in PLACE.findall(text):
                if name not in known:
                    where = key if key == "title" else f"legends.{key}"
                    allowed = "the threshold of a version, as {low-value-threshold}"
                    raise refused(f'"{{{name}}}" in {where} names no threshold of it', allowed)
        return versions


class Filing(Written):
    """The rule `eei-filing` itself: what is said with every determination, whichever provisions it rests on."""

    kind: ClassVar[str] = "eei"

    id: Literal["eei-filing"] = Field(description="eei-filing")
    title: forms.Text = Field(description="a sentence")
    authority: forms.Texts = Field(description="a list of citations")
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Severity = "high"
