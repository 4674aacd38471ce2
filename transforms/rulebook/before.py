"""What a rulebook of before `rules/parameters/` took for granted: it still loads, and says what it said.

These values are those of then, and stay: homes keep the rulebooks that their runs were made under (`earshot verify`),
and may have a rulebook of their own. What the law says now stands in `rules/parameters/` alone.
"""

from __future__ import annotations

from transforms.rulebook.parameter import Parameter, Parameters

_VALUES: dict[str, tuple[str, str | list[str]]] = {
    "count-units": ("names", []),
    "crimea-places": ("patterns", []),
    "cytometer-detectors": ("detectors", "26"),
    "dnr-lnr-places": ("patterns", []),
    "donetsk-luhansk-places": ("patterns", []),
    "disclosure-narrative-days": ("days", "180"),
    "disclosure-review-years": ("years", "5"),
    "failure-to-file-days": ("days", "10"),
    "first-itn-year": ("year", "1995"),
    "filing-headings": ("headings", ["7102", "9027"]),
    "heading-destinations": ("countries", []),
    "itn-agreeing-days": ("days", "120"),
    "itn-distant-days": ("days", "365"),
    "listed-headings": ("headings", []),
    "order-value-well-over": ("percent", "110"),
    "order-value-well-under": ("percent", "90"),
    "post-departure-days": ("days", "5"),
    "priced-headings": ("names", []),
    "record-retention-years": ("years", "5"),
    "sanctions-record-countries": ("countries", []),
    "sanctions-retention-years": ("years", "5"),
    "software-descriptions": ("patterns", []),
    "split-shipment-days": ("days", "7"),
    "split-shipment-days-modes": ("modes", ["20", "21", "30", "31", "40", "41"]),
    "split-shipment-hours": ("hours", "24"),
    "split-shipment-hours-modes": ("modes", ["10", "11", "12"]),
    "supplement-6-descriptions": ("patterns", []),
    "transshipment-countries": ("countries", ["AU", "CA", "GB"]),
    "unit-price-band": ("percent", "50"),
}
FROM_TABLES = ("count-units", "listed-headings", "priced-headings")
"""Those that no file states: `headings.py` takes them from the tables."""
LATER = (
    "first-itn-year", "itn-agreeing-days", "itn-distant-days", "crimea-places", "dnr-lnr-places",
    "donetsk-luhansk-places", "heading-destinations", "sanctions-record-countries",
    "sanctions-retention-years", "software-descriptions",
    "order-value-well-over", "order-value-well-under", "supplement-6-descriptions", "unit-price-band", *FROM_TABLES,
)  # fmt: skip
"""Those that came after the first parameters: a rulebook of between has parameters, and not these."""
UNITS = {name: unit for name, (unit, _) in _VALUES.items()}
"""The parameters that the screening asks for by name, and their units: a rulebook with parameters has all of them but
those that came later."""
BEFORE = Parameters(
    {
        name: Parameter.model_validate(
            {
                "id": name, "title": name.replace("-", " "), "unit": unit, "meaning": "taken for granted",
                "values": [{"from": "unknown", "value": value, "authority": ["none stated"], "confidence": "low"}],
            }
        )
        for name, (unit, value) in _VALUES.items()
    }
)  # fmt: skip
"""All of them, as they were before a rulebook stated them."""
