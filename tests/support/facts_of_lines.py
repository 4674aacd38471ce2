"""A line, and the terms of the law by which its facts are told, for tests of single facts."""

from __future__ import annotations

TERMS = {
    "filing_headings": ["7102", "9027"], "transshipment_countries": ["AU", "CA", "GB"], "post_departure_days": [5],
    "failure_to_file_days": [10], "first_itn_year": [1995], "itn_agreeing_days": [120], "itn_distant_days": [365],
    "heading_destinations": [], "listed_headings": [], "priced_headings": [], "count_units": [],
    "unit_price_band": [50], "supplement_6_descriptions": [], "software_descriptions": [], "crimea_places": [],
    "dnr_lnr_places": [], "donetsk_luhansk_places": [],
}  # fmt: skip
LINE = {"source": "erp", "export_on": "2025-03-03", "destination": "DE", "eccn": "EAR99", "activity": "export"}
