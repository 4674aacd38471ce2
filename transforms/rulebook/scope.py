"""The scope words of a rule: which items, which places."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from transforms.rulebook import forms
from transforms.rulebook.forms import refused


class Written(BaseModel):
    """What a person writes in YAML: frozen, unknown keys refused; in code, fields go by attribute name as well."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Items(Written):
    """Which items: the listed ECCNs with their sub-paragraphs, `but` not those excepted; or any item at all."""

    eccn: forms.EccnWords = ()
    but: forms.EccnWords = Field((), alias="except")
    all: forms.Flag = Field(False, validate_default=True)

    @field_validator("but")
    @classmethod
    def _under_a_listed_eccn(cls, but: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        listed = info.data.get("eccn", ())
        for at, word in enumerate(but):
            if listed and not any(word.startswith(f"{eccn}.") for eccn in listed):
                raise refused(f'"{word}" is under none of the ECCNs listed', f"under {', '.join(listed)}", f"[{at}]")
        return but

    @field_validator("all")
    @classmethod
    def _one_of_eccn_and_all(cls, everything: bool, info: ValidationInfo) -> bool:
        if "eccn" in info.data and everything == bool(info.data["eccn"]):
            raise refused("both eccn and all" if everything else "neither eccn nor all", "eccn, or all: true", "..")
        return everything


class Headings(Written):
    """Which goods, by the HTS heading of the Schedule B number: those of a list of `headings.csv`, or all but."""

    listed: forms.HeadingList | None = Field(None, alias="list")
    but: forms.HeadingList | None = Field(None, alias="except", validate_default=True)

    @field_validator("but")
    @classmethod
    def _one_of_both(cls, but: str | None, info: ValidationInfo) -> str | None:
        if "listed" in info.data and (but is None) == (info.data["listed"] is None):
            raise refused("one of list and except is needed", "a list of tables/headings.csv", "..")
        return but


class Places(Written):
    """Which countries: the union of countries, lists, groups and chart columns, or all; `but` not those excepted.

    `but` holds Places of its own, which except nothing further and are never `all`. `lists` names
    parameters in countries.
    """

    countries: forms.Countries = ()
    lists: forms.CountryLists = ()
    groups: forms.Groups = ()
    chart: forms.ChartColumns = ()
    but: Places | None = Field(None, alias="except")
    all: forms.Flag = Field(False, validate_default=True)

    @field_validator("but")
    @classmethod
    def _excepts_once(cls, but: Places | None, info: ValidationInfo) -> Places | None:
        if but and but.but:
            raise refused("an except within an except", "one level of except", ".except")
        if but and but.all:
            raise refused("an except of everything leaves nothing", "countries, lists, groups, chart", ".all")
        listed = info.data.get("countries", ())
        if but and listed and not any(info.data.get(word) for word in ("lists", "groups", "chart")):
            for at, country in enumerate(but.countries):
                if country not in listed:
                    problem = f'"{country}" is none of the countries listed'
                    raise refused(problem, ", ".join(listed), f".countries[{at}]")
            if set(listed) <= set(but.countries):
                raise refused("every country listed is excepted", "fewer countries under except", ".countries")
        return but

    @field_validator("all")
    @classmethod
    def _some_place(cls, everything: bool, info: ValidationInfo) -> bool:
        named = [info.data.get(word) for word in ("countries", "lists", "groups", "chart")]
        if None not in named and everything == any(named):
            problem = "both all and named places" if everything else "no place is named"
            raise refused(problem, "countries, lists, groups or chart, or all: true", "..")
        return everything
