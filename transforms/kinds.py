"""The kinds of extract: what a row of each is, which columns it has, and where it is stored.

lines    one shipment line as recorded by one source; the law is asked of these
items    one record of an item master: what a source says of a part, for a period
filings  one line of a filing, as AES holds it

Table names and SQL files come from here alone, never from a layout or a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from transforms.line import BY_NAME, LINE, Column

KindName = Literal["lines", "items", "filings"]

_SQL = Path(__file__).parent / "ingest" / "sql"


@dataclass(frozen=True)
class RecordKind:
    """One kind of extract, as data for the loader."""

    name: KindName
    """As in `kind:` of a layout."""
    noun: str
    """What one row is called in a message."""
    table: str
    columns: tuple[Column, ...]
    """In the order of the table."""
    identity: tuple[str, ...]
    """The columns that, with the source, say which record a row is."""
    sql: Path
    """The folder of its SELECTs: typed, unread, hashed_rows, told_again, repeats, conflicting, known_pairs, ..."""
    listed_in: str
    """The layout that names every canonical column."""
    exported_on: str | None = None
    """The date of export, which is not expected after today."""
    is_screened: bool = False
    """Whether the law is asked of its rows, so that they have facts and situations."""
    has_versions: bool = False
    """Whether rows of one file that differ may be versions of one record, which `versions.sql` of `sql` tells apart."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The canonical names, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Canonical name -> column."""
        return {column.name: column for column in self.columns}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns of the identity that each row must fill."""
        return tuple(name for name in self.identity if self.by_name[name].required)

    def names_of(self, *readings: str) -> tuple[str, ...]:
        """Return the names of the columns that are read as one of `readings`: date, number, country, ..."""
        return tuple(column.name for column in self.columns if column.kind in readings)


_FLAG = ("Y", "N")

ITEM: tuple[Column, ...] = (
    Column("part_number", "text", "The exporter's part number", required=True),
    Column("eccn", "text", "Export Control Classification Number, normalized: 2B999.h.2, EAR99"),
    Column("valid_from", "date", "First day on which the record applies; blank: no start date"),
    Column("valid_until", "date", "Last day on which the record applies; blank: no end date"),
    Column("description", "text", "Description of the part"),
    Column("schedule_b", "text", "Schedule B number, 10 digits, as text"),
    Column("detectors", "integer", "Detectors or channels of a flow cytometer"),
    Column("spectral", "code", "Flow cytometer specially designed for spectral analysis", allowed=_FLAG),
    Column("top_down_proteomics", "code", "LC/MS specially designed for top-down proteomics", allowed=_FLAG),
    Column(
        "fda_device", "code", "Device that the FDA has authorized and lists (510(k), 513, 515; 510(j))", allowed=_FLAG
    ),
    Column("item_facts", "text", "Facts that settle rows of the Commerce Control List: serves 3A001; missile range"),
)

_AS_IN_LINES = (
    "usppi_id usppi_name consignee_name consignee_country consignee_type intermediate_country destination description"
    " schedule_b origin_df quantity uom value_usd eccn license_code license_number filing_option transport_mode"
    " conveyance port_of_export routed invoice_number"
)

FILING: tuple[Column, ...] = (
    replace(BY_NAME["itn"], required=True),
    Column("shipment_reference", "text", "Shipment reference number of the filing; may equal a shipment_id"),
    replace(BY_NAME["line_number"], meaning="Line number within the filing"),
    Column("status", "text", "Status of the filing in lower case: accepted, cancelled, ..."),
    replace(BY_NAME["export_on"], meaning="Date of export as filed", required=False),
    Column("filer_id", "text", "Filer: identification number"),
    *(BY_NAME[name] for name in _AS_IN_LINES.split()),
    Column("transmitted_at", "moment", "When this version of the filing was sent to AES"),
)

LINES = RecordKind(
    "lines", "line", "lines", LINE, ("shipment_id", "line_number"), _SQL, "line", "export_on", is_screened=True
)
ITEMS = RecordKind("items", "item record", "items", ITEM, ("part_number", "valid_from"), _SQL / "items", "items")
FILINGS = RecordKind(
    "filings", "line of a filing", "filings", FILING, ("itn", "line_number"), _SQL / "filings", "filings", "export_on",
    has_versions=True,
)  # fmt: skip
KINDS: dict[str, RecordKind] = {kind.name: kind for kind in (LINES, ITEMS, FILINGS)}
