"""Shipments written by hand for part 746: what is flagged, undetermined and clear to the destinations of its sections.

They stand at the end of the committed history alone (shipments EM...), as those of the Commerce Control List do.
`tests/flow/ccl_lines.csv` says what comes of each, why.
"""

from __future__ import annotations

from data.sample.catalog import rows

# exported | tendered | destination | part | ECCN | value | authority | filing, as in cases.py
PART_746_CASES = """
2022-02-22|-1|RU|MOT-4|3A991|796.10|C33 NLR|itn
2022-03-22|-1|RU|MOT-4|3A991|796.10|C33 NLR|itn
2022-03-23|-1|RU|MOT-4||796.10|C33 NLR|itn
2023-05-17|-1|BY|MOT-4||796.10|C33 NLR|itn
2023-05-23|-1|BY|MOT-4||796.10|C33 NLR|itn
2025-05-06|-1|RU|PRC-C|EAR99|2700.00|C33 NLR|itn
2025-05-07|-1|RU|MOT-4||796.10|C30 D330301|itn
2023-10-11|-1|IR|MOT-4||796.10|C33 NLR|itn
2023-10-12|-1|IR|MOT-4||796.10|T11 560.530|itn
2023-10-13|-1|IR|MOT-4||796.10|T10|itn
2023-10-18|-1|CU|MOT-4||796.10|C33 NLR|itn
2023-10-19|-1|CU|MOT-4||796.10|C42 GOV|itn
2023-10-20|-1|CU|MOT-4||796.10|C30 D330302|itn
2023-10-25|-1|KP|MOT-4||796.10|C33 NLR|itn
2023-10-26|-1|KP|PRC-C|EAR99|2700.00|C33 NLR|itn
2023-10-27|-1|KP|MOT-4||796.10|C30 D330303|itn
2023-11-01|-1|SY|MOT-4||796.10|C33 NLR|itn
2023-11-02|-1|SY|PRC-C|EAR99|2700.00|C33 NLR|itn
2023-11-03|-1|SY|MOT-4||796.10|C30 D330304|itn
"""


def part_746_lines() -> list[list[str]]:
    """The cells of each case, in order."""
    return rows(PART_746_CASES)
