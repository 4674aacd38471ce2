"""Shipments written by hand to parties on the lists: what is flagged, undetermined and clear, by entry and day.

The shipments are synthetic; the names are those of entries of the lists, as nothing else would be a match. They stand
at the end of the committed history alone (shipments LP...). `tests/flow/ccl_lines.csv` says what comes of each, why.
"""

from __future__ import annotations

from data.sample.catalog import rows

# exported | tendered | destination | part | ECCN | value | authority | filing | remarks, as in cases.py
PARTY_CASES = """
2022-12-07|-1|PK|MOT-4||796.10|C33 NLR|itn|consignee_name=EnerQuip~Private~Ltd
2022-12-21|-15|PK|MOT-4||796.10|C33 NLR|itn|consignee_name=EnerQuip~Private~Ltd
2023-03-14|-1|PK|MOT-4||796.10|C33 NLR|itn|consignee_name=EnerQuip~Pvt~Ltd.
2023-03-15|-1|PK|MOT-4||796.10|C30 D330401|itn|consignee_name=EnerQuip~Private~Ltd
2023-03-16|-1|GB|MOT-4||796.10|C33 NLR|itn|consignee_name=Enerquip~Ltd
2025-06-14|-1|FI|MOT-4||796.10|C33 NLR|NOEEI 30.37(a)|consignee_name=Finnalliance~Oy
2023-05-24|-1|CN|OSC-200|3A992|1450.00|C33 NLR|itn|consignee_name=Wuxi~Hyatech~Co.,~Ltd.
2023-05-25|-1|CN|MOT-4||796.10|C33 NLR|itn|consignee_name=Wuxi~Hyatech~Co.,~Ltd.
2023-05-26|-1|CN|MOT-4||796.10|C33 NLR|itn|consignee_name=Zhengzhou~Nanbei~Instrument~Equipment
2023-06-06|-1|IQ|MOT-4||796.10|C30 D330402|itn|consignee_name=Al~Naser~Wings~Airlines
2025-06-15|-1|IQ|MOT-4||796.10|C33 NLR|itn|consignee_name=Al~Naser~Wings~Airlines
2026-08-05|-1|CN|MOT-4||796.10|C33 NLR|NOEEI 30.37(a)|consignee_name=Abgo~Trading~Limited
2026-08-06|-1|CN|MOT-4||796.10|C33 NLR|NOEEI 30.37(a)|consignee_name=Abingo~Distributors~Ltd
2026-08-07|-1|DE|MOT-4||796.10|C33 NLR|NOEEI 30.37(a)|consignee_name=TO~ORDER
"""


def party_lines() -> list[list[str]]:
    """The cells of each case, in order."""
    return rows(PARTY_CASES)
