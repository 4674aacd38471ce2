"""The line: the canonical columns that every source is mapped onto.

Grain of a line: one shipment line as recorded by one source. Text columns keep the difference that the law
needs: NULL is *not known* (the source has no such column), the empty text is *nothing recorded* (the source has
the column and left it empty).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "date", "number", "code", "country"]


@dataclass(frozen=True)
class Column:
    """One canonical column: its name, how it is read, and what it means to an analyst."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """DuckDB type of the column in `lines`."""
        return {"integer": "INTEGER", "date": "DATE", "number": "DECIMAL(18,4)"}.get(self.kind, "VARCHAR")


LINE: tuple[Column, ...] = (
    Column("shipment_id", "text", "Shipment reference within the source", required=True),
    Column("line_number", "integer", "Line number within the shipment", required=True),
    Column("export_on", "date", "Date of export, reexport or transfer: the law's date", required=True),
    Column("tendered_on", "date", "Date handed to the carrier; decides savings clauses"),
    Column("activity", "code", "What was done", allowed=("export", "reexport", "in_country_transfer")),
    Column("form", "code", "Tangible or not", allowed=("tangible", "intangible")),
    Column("usppi_id", "text", "US Principal Party in Interest: identification number"),
    Column("usppi_name", "text", "US Principal Party in Interest: name"),
    Column("consignee_name", "text", "Ultimate consignee"),
    Column("consignee_country", "country", "Country of the ultimate consignee"),
    Column("consignee_type", "code", "Ultimate consignee type", allowed=("D", "G", "R", "O")),
    Column("intermediate_consignee_name", "text", "Intermediate consignee"),
    Column("intermediate_country", "country", "Country of the intermediate consignee"),
    Column("end_user_name", "text", "End user"),
    Column("end_user_country", "country", "Country of the end user"),
    Column("destination", "country", "Country of ultimate destination, ISO 3166 alpha-2"),
    Column("shipped_from", "country", "Country the goods left (US for exports)"),
    Column("part_number", "text", "The exporter's part number"),
    Column("description", "text", "Commodity description"),
    Column("eccn", "text", "Export Control Classification Number as recorded, normalized: 2B999.h.2, EAR99"),
    Column("schedule_b", "text", "Schedule B number, 10 digits, as text"),
    Column("origin_df", "code", "Domestic or foreign origin", allowed=("D", "F")),
    Column("quantity", "number", "Quantity, in `uom`"),
    Column("uom", "text", "Unit of measure"),
    Column("value_usd", "number", "Value, US dollars"),
    Column("license_code", "text", "AES license code: C30, C33, ..."),
    Column("license_number", "text", "License number, or the license exception symbol"),
    Column("exception_paragraph", "text", "Paragraph of the exception, where recorded: 740.9(a)(1)"),
    Column("itn", "text", "Internal Transaction Number: X and 14 digits"),
    Column("eei_exemption", "text", "Exemption legend, normalized: 30.37(a)"),
    Column("filing_option", "text", "AES filing option: 2, 3 or 4"),
    Column("transport_mode", "text", "AES mode of transport"),
    Column("conveyance", "text", "Conveyance or carrier"),
    Column("port_of_export", "text", "Port of export, Schedule D"),
    Column("routed", "text", "Routed export transaction: Y or N"),
    Column("invoice_number", "text", "Invoice number"),
)

BY_NAME: dict[str, Column] = {column.name: column for column in LINE}
NAMES: tuple[str, ...] = tuple(column.name for column in LINE)
