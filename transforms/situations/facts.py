"""Facts: what the law sees of a line by itself; a distinct combination of them is a situation."""

from __future__ import annotations

from pathlib import Path

from transforms.pipeline import Stage

SQL = Path(__file__).parent / "sql"
SITUATIONS = Stage("situations", SQL, leaves=("facts",))
FACTS_STEP = SQL / "facts.sql"
"""Computes the facts of the rows of `fact_lines`, whichever a loading or another step calls so."""
IDENTIFIED_STEP = SQL / "identified.sql"
"""Names the situation of each row of `facts`."""

FACTS: dict[str, str] = {
    "eccn": "The ECCN as recorded, normalized; NULL not known, '' nothing recorded",
    "destination": "Country of ultimate destination",
    "activity": "Export, reexport or in-country transfer",
    "license_code": "AES license code as recorded",
    "form": "Tangible or intangible",
    "license_number_form": "What stands in the license number field: a symbol, a well formed or a malformed number",
    "exception_paragraph": "Paragraph of the license exception, where recorded",
    "itn_form": "What stands in the ITN field: nothing, an ITN, a post-departure or downtime citation, or none of them",
    "itn_timing": "When the ITN was given, by its own date: by the day of export, or how many days later",
    "exemption": "Exemption legend, as 30.37(a); or another citation that stands in its field",
    "filing_option": "AES filing option: 2 before departure, 4 after it",
    "hs6": "First six digits of the Schedule B number, of headings 7102 and 9027",
    "via_country": "Country of the intermediate consignee, where it is AU, CA or GB and not the destination",
    "consignee_elsewhere": "Country of the ultimate consignee, where it is not the destination",
    "end_user_elsewhere": "Country of the end user, where it is not the destination",
}
"""Every fact, with its meaning. Admission: a column becomes a fact only if some rule scopes or decides on it."""
