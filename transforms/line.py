"""The line: the canonical columns that every source is mapped onto.

Grain of a line: one shipment line as recorded by one source. Text columns keep the difference that the law
needs: NULL is *not known* (the source has no such column), the empty text is *nothing recorded* (the source has
the column and left it empty).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "date", "moment", "number", "code", "country"]


@dataclass(frozen=True)
class Column:
    """One canonical column: its name, how it is read, and what it means to an analyst."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    reopens: str = ""
    """The first family of the law of which a decided finding opens again where it is recorded otherwise, of it and of
    those after it (control, party, filing, record, comparison): the first that reads it, by itself or by what other
    records add to the line; and who says that a license or an exception covers a line has looked at the parties and
    what kind they are, the part, the license number, and where the goods left. Empty: it only names the line, and opens
    none."""

    @property
    def sql_type(self) -> str:
        """DuckDB type of the column in `lines`."""
        types = {"integer": "INTEGER", "date": "DATE", "moment": "TIMESTAMP", "number": "DECIMAL(18,4)"}
        return types.get(self.kind, "VARCHAR")


LINE: tuple[Column, ...] = (
    Column("shipment_id", "text", "Shipment reference within the source", required=True),
    Column("line_number", "integer", "Line number within the shipment", required=True),
    Column(
        "export_on",
        "date",
        "Date of export, reexport or transfer; rules apply as of this date",
        required=True,
        reopens="control",
    ),
    Column("tendered_on", "date", "Date tendered to the carrier; savings clauses depend on it", reopens="control"),
    Column(
        "activity", "code", "What was done", allowed=("export", "reexport", "in_country_transfer"), reopens="control"
    ),
    Column("form", "code", "Tangible or not", allowed=("tangible", "intangible"), reopens="control"),
    Column("usppi_id", "text", "US Principal Party in Interest: identification number", reopens="filing"),
    Column("usppi_name", "text", "US Principal Party in Interest: name", reopens="party"),
    Column("consignee_name", "text", "Ultimate consignee", reopens="control"),
    Column("consignee_country", "country", "Country of the ultimate consignee", reopens="control"),
    Column("consignee_type", "code", "Ultimate consignee type", allowed=("D", "G", "R", "O"), reopens="control"),
    Column("intermediate_consignee_name", "text", "Intermediate consignee", reopens="control"),
    Column("intermediate_country", "country", "Country of the intermediate consignee", reopens="control"),
    Column("end_user_name", "text", "End user", reopens="control"),
    Column("end_user_country", "country", "Country of the end user", reopens="control"),
    Column("destination", "country", "Country of ultimate destination, ISO 3166 alpha-2", reopens="control"),
    Column("shipped_from", "country", "Country the goods left (US for exports)", reopens="control"),
    Column("part_number", "text", "The exporter's part number", reopens="control"),
    Column("description", "text", "Commodity description", reopens="control"),
    Column(
        "eccn",
        "text",
        "Export Control Classification Number as recorded, normalized: 2B999.h.2, EAR99",
        reopens="control",
    ),
    Column("schedule_b", "text", "Schedule B number, 10 digits, as text", reopens="control"),
    Column("origin_df", "code", "Domestic or foreign origin", allowed=("D", "F"), reopens="filing"),
    Column("quantity", "number", "Quantity, in `uom`", reopens="control"),
    Column("uom", "text", "Unit of measure", reopens="control"),
    Column("value_usd", "number", "Value, US dollars", reopens="control"),
    Column("license_code", "text", "AES license code: C30, C33, ...", reopens="control"),
    Column("license_number", "text", "License number, or the license exception symbol", reopens="control"),
    Column("exception_paragraph", "text", "Paragraph of the exception, where recorded: 740.9(a)(1)", reopens="control"),
    Column("itn", "text", "Internal Transaction Number: X and 14 digits", reopens="filing"),
    Column("eei_exemption", "text", "Exemption legend, normalized: 30.37(a)", reopens="filing"),
    Column("filing_option", "text", "AES filing option: 2, 3 or 4", reopens="filing"),
    Column("transport_mode", "text", "AES mode of transport", reopens="record"),
    Column("conveyance", "text", "Conveyance or carrier", reopens="filing"),
    Column("port_of_export", "text", "Port of export, Schedule D", reopens="record"),
    Column("routed", "text", "Routed export transaction: Y or N", reopens="record"),
    Column("invoice_number", "text", "Invoice number", reopens="filing"),
    Column("currency", "text", "Currency of the value, ISO 4217; no such column: US dollars", reopens="control"),
    Column("value_recorded", "number", "Value as recorded, in `currency`, if not US dollars", reopens="control"),
    Column("destination_region", "text", "State, province or territory of destination", reopens="control"),
    Column("shipped_from_region", "text", "State or territory the goods left", reopens="control"),
    Column("order_number", "text", "Number of the sales order", reopens="control"),
    Column("purchaser_name", "text", "Purchaser, if not the ultimate consignee", reopens="party"),
    Column("purchaser_country", "country", "Country of the purchaser", reopens="party"),
    Column("forwarder_name", "text", "Forwarding agent", reopens="party"),
    Column("consignee_address", "text", "Address of the ultimate consignee, as recorded", reopens="party"),
    Column("end_user_address", "text", "Address of the end user, as recorded", reopens="party"),
)

BY_NAME: dict[str, Column] = {column.name: column for column in LINE}
NAMES: tuple[str, ...] = tuple(column.name for column in LINE)
