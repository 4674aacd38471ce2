"""Shipments written by hand, so that each rule meets its edges in every extract, however few lines are drawn.

A case is one line of text: exported | tendered | destination | part | ECCN | value | authority | filing | remarks
- tendered: a date, `-2` (days before export) or `?` (not recorded)
- ECCN: empty = as the catalog has it on that day
- authority: AES license code, then the number or symbol, then the paragraph of the exception
- filing: `itn`, `none`, a legend, or another fault that `paperwork.filing` knows
- remarks: `same` (next line of the shipment above), `beside` (another shipment, same day, conveyance and consignee),
  `foreign` (origin F), `reexport=AE` (shipped from), `transfer`, `end_user=PK`, `via=CA`; `column=value` sets a column
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.sample.cases_filing import FILING_CASES
from data.sample.catalog import COLUMNS, rows

SIX_TO_PAKISTAN = [
    ("ACC-3", "1B999"), ("ACC-T", "1B999.b"), ("PIP-10", "2A992"), ("PIP-8", "2A992.a"), ("VLV-8", "2A992.b"),
    ("PMP-75", "2B999"), ("VLV-316", "2B999.g"), ("PMP-15", "2B999.j"), ("EXC-H", "2B999.h.2"), ("OSC-1G", "3A992"),
    ("OSC-2G", "3A992.g"), ("MS-Q1", "3A999"), ("MS-TOF", "3A999.b"), ("LC-30", "3A999.f"), ("MAG-FX", "6A996"),
    ("MAG-OP", "6A996.a"),
]  # fmt: skip
PAKISTAN_AUTHORITIES = [
    "C30 D311001", "C30 D311002", "C30", "C30 D31102", "C36 NLR", "C33", "", "C99 XYZ", "C40 TMP",
    "C40 TMP 740.9(a)(1)", "C40 TMP 740.9(a)(4)", "C40 TMP 740.9(a)(5)", "C40 TMP 740.9(a)(10)", "C40 TMP 740.9(b)(2)",
    "C40 TMP 740.9(b)(3)", "C40 TMP 740.9(a)(8)", "C41 RPL", "C41 RPL 740.10(a)", "C42 GOV", "C42 GOV 740.11(a)",
    "C42 GOV 740.11(b)", "C42 GOV 740.11(c)", "C42 GOV 740.11(d)", "C44 TSU", "C43 GFT", "C35 LVS", "C45 BAG",
]  # fmt: skip
SPECTRAL_TO = "CN HK MO TW IL SA PK IQ UA SD AF DE IN KH VN AE CY MT LI PR EG QA LB ZW GE SG BR TR KZ AM"
SPECTRAL_AUTHORITIES = ["C33 NLR", "C30 D320017", "C36 GBS", "C40 TMP 740.9(a)(5)", "C35 LVS"]

WRITTEN = """
2024-11-22|-1|PK|OSC-1G||11500.00|C33 NLR|itn
2024-11-25|-1|PK|OSC-1G||11500.00|C33 NLR|itn
2024-12-24|-1|PK|PMP-75||7200.00|C33 NLR|itn
2024-12-25|-1|PK|MS-Q1||120000.00|C33 NLR|itn
2025-03-10|-1|PK|PMP-75||7200.00|C33 NLR|none|reexport=AE
2025-04-14|-1|PK|OSC-2G||24000.00|C33 NLR|none|transfer
2025-04-15|-1|PK|EXC-H||42000.00|C33 NLR|none|transfer
2025-05-12|-1|AE|MAG-FX||15600.00|C33 NLR|itn|end_user=PK
2025-05-13|-1|PK|COL-C18||4800.00|C33 NLR|itn
2025-06-11|-1|PK|OSC-200||1450.00|C33 NLR|NOEEI 30.37(a)
2025-06-12|-1|PK|OSC-200||1450.00|C30 D311003|NOEEI 30.37(a)
2025-11-06|-1|KH|CYT-S5||310000.00|C36 GBS|itn
2025-11-07|-1|KH|CYT-S5||310000.00|C36 GBS|itn
2025-11-06|-1|KH|CYT-S3||185000.00|C33 NLR|none|transfer
2025-11-07|-1|KH|CYT-S3||185000.00|C33 NLR|none|transfer
2026-02-02|-1|KH|CYT-S3||185000.00|C33 NLR|none|transfer
2026-02-03|-1|KH|CYT-S3||185000.00|C33 NLR|none|transfer
2026-07-09|-1|AE|CYT-S5||310000.00|C36 GBS|none
2026-07-10|-1|AE|CYT-S5||310000.00|C36 GBS|none
2025-03-18|-1|CN|CYT-30||210000.00|C33 NLR|none|reexport=SG
2025-03-19|-1|CN|CYT-30||210000.00|C33 NLR|none|transfer
2025-03-20|-1|MO|CYT-30||210000.00|C33 NLR|none|transfer
2025-03-21|-1|DE|SRT-S6||420000.00|C33 NLR|none|reexport=NL
2025-05-20|?|DE|TEC-PD||45000.00|C33 NLR|none
2025-05-21|?|IN|TEC-PD||45000.00|C33 NLR|none
2025-06-03|?|IL|TEC-DV||60000.00|C38 TSR|none
2025-06-04|?|TW|TEC-DV||60000.00|C38 TSR|none
2025-06-05|?|CN|TEC-PD||45000.00|C38 TSR|none
2025-06-06|?|CN|TEC-PD||45000.00|C30 D320031|none
2025-06-09|?|MO|TEC-PD||45000.00|C38 TSR|none
2025-06-10|?|IQ|TEC-PD||45000.00|C38 TSR|none
2025-06-11|?|PK|TEC-DV||60000.00|C38 TSR|none
2025-06-12|?|UA|TEC-DV||60000.00|C38 TSR|none
2025-06-13|?|AF|TEC-DV||60000.00|C38 TSR|none
2025-06-16|?|SG|TEC-DV||60000.00|C33 NLR|none
2024-06-14|?|CN|TEC-PD||45000.00|C33 NLR|none
2023-05-09|-1|IQ|MS-Q1||120000.00|C33 NLR|itn
2025-05-09|-1|IQ|LC-20||52000.00|C33 NLR|itn
2025-05-16|-1|IQ|MS-TOF||260000.00|C30 D330001|itn
2024-05-16|-1|IQ|ACC-3||780000.00|C33 NLR|itn
2023-08-08|-1|KP|GC-8||38000.00|C33 NLR|none
2023-08-09|-1|KP|PMP-75||7200.00|C30 D340001|itn
2024-02-09|-1|KP|ACC-T||950000.00|C33 NLR|none|reexport=SG
2024-03-05|-1|IR|COL-C18||960.00|C30 D340002|NOEEI 30.37(a)
2024-03-06|-1|CU|KIT-AB||2500.00|C30 D340003|itn
2024-03-07|-1|SY|VIA-2||280.00|C33 NLR|none
2024-03-08|-1|IR|OSC-1G||11500.00|C33 NLR|itn
2022-09-14|-1|RU|MS-Q1||120000.00|C33 NLR|itn
2023-02-15|-1|RU|LC-20||1200.00|C33 NLR|NOEEI 30.37(a)
2023-02-16|-1|BY|OSC-1G||11500.00|C30 D350001|itn
2024-07-17|-1|VE|OSC-200||1450.00|C33 NLR|NOEEI 30.37(a)
2024-07-18|-1|CN|OSC-200||1450.00|C33 NLR|NOEEI 30.37(a)
2024-07-19|-1|HK|OSC-200||1450.00|C33 NLR|NOEEI 30.37(a)
2024-07-22|-1|MO|OSC-200||1450.00|C33 NLR|NOEEI 30.37(a)
2024-07-23|-1|CN|COL-C18||1440.00|C33 NLR|NOEEI 30.37(a)
2024-07-24|-1|CN|CAM-7||2200.00|C42 GOV 740.11(b)|NOEEI 30.39
2024-08-05|-1|DE|COL-C18||2500.00|C33 NLR|NOEEI 30.37(a)
2024-08-06|-1|DE|COL-C18||2500.01|C33 NLR|NOEEI 30.37(a)
2024-08-07|-1|DE|COL-C18||2499.99|C33 NLR|none
2024-08-08|-1|GB|KIT-AB||2500.01|C33 NLR|itn
2024-08-12|-1|JP|COL-C18||1500.00|C33 NLR|NOEEI 30.37(a)
2024-08-12|-1|JP|COL-GC||1500.00|C33 NLR|NOEEI 30.37(a)|beside
2024-08-13|-1|FR|COL-C18||1300.00|C33 NLR|NOEEI 30.37(a)
2024-08-13|-1|FR|COL-C18||1200.00|C33 NLR|NOEEI 30.40(d)|beside
2024-08-14|-1|FR|COL-C18||1300.00|C33 NLR|none
2024-08-14|-1|FR|COL-C18||1200.01|C33 NLR|none|beside
2024-08-15|-1|IT|BDS-8||1800.00|C33 NLR|NOEEI 30.37(a)
2024-08-15|-1|IT|BDS-8||1800.00|C33 NLR|NOEEI 30.37(a)|same foreign
2024-08-16|-1|IT|BDS-8||1800.00|C33 NLR|NOEEI 30.37(a)
2024-08-16|-1|IT|BDS-8||1800.00|C33 NLR|NOEEI 30.37(a)|same
2024-09-03|-1|CA|PMP-75||7200.00|C33 NLR|NOEEI 30.36
2024-09-04|-1|CA|VLV-PT||7200.00|C30 D360001|NOEEI 30.36
2024-09-05|-1|CA|CYT-12||84000.00|C33 NLR|NOEEI 30.37(a)
2024-09-06|-1|MX|COL-C18||4200.00|C33 NLR|NOEEI 30.36
2024-09-09|-1|MX|PCB-22||7400.00|C33 NLR|none|via=CA
2024-09-10|-1|PR|LC-20||52000.00|C33 NLR|none
2024-09-11|-1|KR|LC-20||52000.00|C33 NLR|none
2024-09-12|-1|KR|LC-20||52000.00|C33 NLR|short
2024-09-13|-1|KR|LC-20||52000.00|C33 NLR|letter
2024-09-16|-1|KR|LC-20||52000.00|C33 NLR|space
2024-09-17|-1|KR|LC-20||52000.00|C33 NLR|late
2024-09-18|-1|KR|LC-20||52000.00|C33 NLR|post
2024-09-19|-1|KR|LC-20||52000.00|C33 NLR|down
2024-09-20|-1|KR|LC-20||52000.00|C33 NLR|both
2024-09-23|-1|KR|LC-20||52000.00|C33 NLR|NOEEI 30.99(z)
2024-09-24|-1|KR|CYT-12||84000.00|C33 NLR|NOEEI 30.37(q)
2024-10-01|-1|SG|MS-Q1||120000.00|C33 NLR|itn
2024-10-02|-1|SG|MS-Q1||120000.00|C33 NLR|reuse
2025-02-11|-1|IL|CYT-S5||2400.00|C36 GBS|NOEEI 30.37(a)
2025-02-12|-1|CN|SRT-S6||420000.00|C30 D320044|post
2023-04-04|-1|DE|OSC-1G||11500.00|C32 NLR|itn
2025-04-04|-1|JP|OSC-1G||11500.00|C32 NLR|itn
2023-04-05|-1|CN|FPG-3||5700.00|C37 CIV|itn
2025-04-07|-1|VN|FPG-3||5700.00|C37 CIV|itn
2025-04-08|-1|BR|CYT-S5||310000.00|C36 NLR|itn
2025-04-09|-1|BR|CYT-S5||310000.00|C33 GBS|itn
2025-04-10|-1|VN|VLV-PT||12800.00|C30|itn
2025-04-11|-1|VN|VLV-PT||12800.00|C30 D36O002|itn
2025-04-16|-1|VN|VLV-PT||12800.00|C30 D36000|itn
2025-04-17|-1|IN|PMP-CR||10800.00|C33 NLR|itn
2025-04-18|-1|IN|STD-TX||420.00|C33 NLR|NOEEI 30.37(a)
2025-07-01|-1|NL|CYT-S5|EAR99|310000.00|C33 NLR|itn
2025-07-02|-1|CN|CYT-S5|3A999|310000.00|C33 NLR|itn
2025-07-03|-1|TW|MS-TD|3A999|540000.00|C33 NLR|itn
2025-07-07|-1|CN|SRT-4W|EAR99|330000.00|C33 NLR|itn
"""


@dataclass(frozen=True)
class Case:
    """One hand-written line; `tendered_on` None = not recorded, `eccn` empty = as in the catalog."""

    export_on: date
    tendered_on: date | None
    destination: str
    part: str
    eccn: str
    value: str
    authority: str
    filing: str
    remarks: tuple[str, ...]

    @property
    def columns(self) -> dict[str, str]:
        """The columns that remarks set outright."""
        keys = [word.split("=")[0] for word in self.remarks if "=" in word]
        return {key: self.remark(key) for key in keys if key in COLUMNS}

    def remark(self, key: str) -> str:
        """The value of a remark `key=value`, else the empty text."""
        return next((word.split("=")[1].replace("~", " ") for word in self.remarks if word.startswith(f"{key}=")), "")


def read(line: list[str]) -> Case:
    """One case from its cells."""
    exported, tendered, country, part, eccn, value, authority, filing, *remarks = line
    export_on = date.fromisoformat(exported)
    tendered_on = None if tendered == "?" else date.fromisoformat(tendered) if len(tendered) > 3 else None
    if tendered.startswith("-"):
        tendered_on = export_on + timedelta(days=int(tendered))
    return Case(export_on, tendered_on, country, part, eccn, value, authority, filing, tuple(" ".join(remarks).split()))


def cases() -> list[Case]:
    """Every case in the order of export; `same` and `beside` stay behind the shipment that they refer to."""
    lines = rows(WRITTEN) + [line for line in rows(FILING_CASES) if line != [""]]
    day = date(2025, 2, 3)
    for at, (part, eccn) in enumerate(SIX_TO_PAKISTAN):  # each entry with no license, then the authorities by turns
        lines.append([str(day + timedelta(days=2 * at)), "-1", "PK", part, eccn, "9800.00", "C33 NLR", "itn"])
    for at, authority in enumerate(PAKISTAN_AUTHORITIES):
        part, eccn = SIX_TO_PAKISTAN[5 * at % len(SIX_TO_PAKISTAN)]
        lines.append([str(day + timedelta(days=60 + 7 * at)), "-2", "PK", part, eccn, "16400.00", authority, "itn"])
    for tendered in ("2024-12-24", "2024-12-25", "2024-12-26", "?"):  # Pakistan: en route on 2024-12-26
        for exported in ("2024-12-26", "2025-01-10", "2025-01-25", "2025-01-30"):
            lines.append([exported, tendered, "PK", "MS-Q1", "", "120000.00", "C33 NLR", "itn"])
    for tendered in ("2025-01-14", "2025-01-15", "2025-01-16", "?"):  # 3A069: en route on 2025-01-16
        for exported in ("2025-01-16", "2025-02-17", "2025-02-18", "2025-02-25"):
            lines.append([exported, tendered, "CN", "CYT-S5", "3A069", "310000.00", "C33 NLR", "itn"])
    for at, country in enumerate(SPECTRAL_TO.split()):  # 3A069 to each kind of country, either side of Cambodia's dates
        for turn, exported in enumerate(("2025-10-20", "2026-01-12", "2026-02-16")):
            part = ("CYT-S5", "CYT-S3", "MS-TD")[(at + turn) % 3]
            authority = SPECTRAL_AUTHORITIES[(at + 2 * turn) % len(SPECTRAL_AUTHORITIES)]
            lines.append([str(date.fromisoformat(exported) + timedelta(days=at % 5)), "-1", country, part, "",
                          "240000.00", authority, "itn"])  # fmt: skip
    return sorted((read(line) for line in lines), key=lambda case: case.export_on)
