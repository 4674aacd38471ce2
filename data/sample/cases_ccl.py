"""Shipments written by hand for the Commerce Control List: for each reason for control what is flagged, undetermined
and clear.

They stand at the end of the committed history alone (shipments CL...), after all that is drawn, so that no draw turns
on them. All left in 2025, on days of which no other case is. `tests/flow/ccl_lines.csv` says what comes of each, why.
"""

from __future__ import annotations

from data.sample.catalog import rows

# part | description | ECCN | Schedule B | unit | price
CCL_PARTS = """
FGA-H|Logic array board, high pin count|3A001.a.7|8542390001|NO|9500
CRD-AI|Accelerator card for image analysis|3A090.a|8473301180|NO|24000
GRF-1|Fine grain graphite blank|1C107|3801900000|KG|85
RTR-2|Rotor straightening fixture|2B228|9031100000|NO|38000
FIR-S|Bench firing set|1A007.a|8543709860|NO|5200
RCT-G|Glass lined reaction vessel, 200 L|2B350.a|8419899585|NO|18500
PRC-B|Precursor chemical, reference grade|1C350.b|2931499000|KG|140
PRC-C|Intermediate chemical, reference grade|1C350.c|2812900000|KG|90
STD-RC|Reference standard, ricin, 1 mg|1C351.d.15|3822900000|NO|640
POL-1|Polygraph amplifier|3A981|9018199560|NO|7600
NOD-4|Compute node for image reconstruction|4A003.b|8471500150|NO|64000
GEN-5|Portable generator, 5 kW|2A994|8502200000|NO|3200
PNL-9|Instrument panel blank|0A999|8538906000|NO|2700
VHC-T|Armored hull for a sensor trial|0A606.a|8710000060|NO|310000
ENC-R|Encryption module for an instrument rack|5A002.a|8517620090|NO|5100
LSN-1|Acoustic monitoring receiver|5A980|8525894000|NO|4200
MON-3|Radio monitoring unit|5A001.f.3|8525894000|NO|8800
HRS-1|Horse, by sea, for a veterinary trial|0A980|0101210010|NO|6200
SIG-Q|Signal unit, ECCN as quoted by its supplier|3A123|9030840000|NO|4400
TEC-HS|Technology for hot section components, drawings|9E003.a.1||NO|85000
TEC-HQ|Technology for turbine components, drawings|9E003||NO|32000
"""

# exported | tendered | destination | part | ECCN | value | authority | filing, as in cases.py
CCL_CASES = """
2025-06-02|-1|CN|FGA-H||19000.00|C33 NLR|itn
2025-06-19|-1|DE|FGA-H||19000.00|C33 NLR|itn
2025-06-23|-1|IN|FGA-H||19000.00|C36 GBS|itn
2025-06-24|-1|CN|FGA-H||19000.00|C30 D330201|itn
2025-06-25|-1|CN|CRD-AI||48000.00|C33 NLR|itn
2025-06-26|-1|DE|CRD-AI||48000.00|C33 NLR|itn
2025-06-30|-1|DE|RGD-Y||480.00|C60 DY6|itn
2025-07-08|-1|DE|GRF-1||8500.00|C33 NLR|itn
2025-07-09|-1|CA|GRF-1||8500.00|C33 NLR|itn
2025-07-10|-1|IN|GRF-1||8500.00|C36 GBS|itn
2025-07-14|-1|DE|GRF-1||8500.00|C40 TMP|itn
2025-07-15|-1|IN|RTR-2||38000.00|C33 NLR|itn
2025-07-16|-1|DE|RTR-2||38000.00|C33 NLR|itn
2025-07-17|-1|IN|FIR-S||5200.00|C33 NLR|itn
2025-07-21|-1|CN|RCT-G||18500.00|C33 NLR|itn
2025-07-22|-1|DE|RCT-G||18500.00|C33 NLR|itn
2025-07-23|-1|CN|PRC-B||2800.00|C33 NLR|itn
2025-07-24|-1|CN|POL-1||7600.00|C33 NLR|itn
2025-07-28|-1|DE|POL-1||7600.00|C33 NLR|itn
2025-07-29|-1|CN|NOD-4||64000.00|C33 NLR|itn
2025-10-10|-1|CA|BRL-9||2850.00|C33 NLR|itn
2025-10-13|-1|DE|BRL-9||2850.00|C30 D330202|itn
2025-07-30|-1|CA|BRL-9||2850.00|C33 NLR|itn
2025-07-31|-1|IR|GEN-5||3200.00|C33 NLR|itn
2025-08-04|-1|CN|PNL-9||2700.00|C33 NLR|itn
2025-08-05|-1|SY|PRC-B||2800.00|C33 NLR|itn
2025-08-06|-1|SD|VHC-T||310000.00|C33 NLR|itn
2025-08-07|-1|SD|VHC-T||310000.00|C42 GOV|itn
2025-08-11|-1|DE|VHC-T||310000.00|C30 D330203|itn
2025-09-01|-1|GB|ENC-R||10200.00|C33 NLR|itn
2025-11-11|-1|CA|ENC-R||10200.00|C33 NLR|itn
2025-11-24|-1|DE|ENC-R||10200.00|C50 ENC|itn
2025-11-25|?|DE|TEC-HS||85000.00|C33 NLR|none
2025-11-26|?|CA|TEC-HS||85000.00|C33 NLR|none
2025-11-27|?|DE|TEC-HQ||32000.00|C33 NLR|none
2025-11-28|-1|CA|LSN-1||4200.00|C33 NLR|itn
2025-12-22|-1|GB|MON-3||8800.00|C33 NLR|itn
2025-12-23|-1|CA|LSN-1||4200.00|C42 GOV|itn
2025-12-24|-1|MX|HRS-1||6200.00|C33 NLR|itn
2025-12-25|-1|MX|HRS-1||6200.00|C30 D330204|itn
2025-12-26|-1|GB|STD-RC||2560.00|C33 NLR|itn
2025-12-29|-1|DE|PRC-C||2700.00|C33 NLR|itn
2025-12-30|-1|DE|SIG-Q||4400.00|C33 NLR|itn
"""


def ccl_lines() -> list[list[str]]:
    """The cells of each case, in order."""
    return rows(CCL_CASES)


def ccl_parts() -> list[list[str]]:
    """The parts, as the catalog has its own: one ECCN before and after 2025-01-16."""
    return [[part, description, eccn, eccn, *others] for part, description, eccn, *others in rows(CCL_PARTS)]
