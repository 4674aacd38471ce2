"""What the invented company sells, to whom and how it ships. Data only: every company and part is made up.

A text table is read by `rows`: one row per line, cells parted by `|`.
"""

from __future__ import annotations

from transforms.kinds import FILINGS
from transforms.line import NAMES

_NOT_RECORDED = (
    "currency", "value_recorded", "destination_region", "shipped_from_region", "order_number", "purchaser_name",
    "purchaser_country", "forwarder_name", "consignee_address", "end_user_address",
)  # fmt: skip
"""The sample is in dollars, and names no regions, orders and addresses: its sources have no such columns."""
COLUMNS = tuple(name for name in NAMES if name not in _NOT_RECORDED)
FILED = tuple(name for name in FILINGS.names if name != "transmitted_at")
USPPI_ID, USPPI_NAME = "00987654300", "Tarn & Wexley Instruments, Inc."  # no real EIN begins with 00
USPPI_OTHER_SPELLING = "TARN AND WEXLEY INSTRUMENTS INC"

# part | description | ECCN to 2025-01-15 | from 2025-01-16 | Schedule B | unit | median price | most sold | share
PRODUCTS = """
CYT-S5|Spectral flow cytometer, 5 lasers, 64 channels|3A999|3A069|9027509000|NO|310000|2|8
CYT-S3|Full spectrum flow cytometer, 3 lasers, 38 detectors|3A999.f|3A069.a|9027509000|NO|185000|2|5
CYT-30|Flow cytometer, 30 fluorescence detectors|3A999|3A069|9027509000|NO|210000|2|5
CYT-S5R|Spectral flow cytometer, 5 lasers, refurbished|3A999|3A999|9027509000|NO|140000|1|2
CYT-SX|Cell analyzer, spectral, 40 channels|EAR99|EAR99|9027509000|NO|160000|1|1
CYT-12|Flow cytometer, 12 colors, 14 detectors|3A999|3A999|9027509000|NO|84000|2|6
CYT-DX|Clinical flow cytometer, 8 colors, 510(k) cleared|3A999|3A999|9027509000|NO|96000|2|4
SRT-S6|Cell sorter, spectral, 6-way, 48 detectors|3A999|3A069.a|9027509000|NO|420000|1|3
SRT-4W|Cell sorter, 4-way, 28 channels|3A999|3A069|9027509000|NO|330000|1|4
SRT-4W|Cell sorter, 4-way, 28 channels|3A999|3A999|9027509000|NO|330000|1|1
SRT-2W|Cell sorter, 2-way, 10 detectors|3A999|3A999|9027509000|NO|150000|1|2
MS-TD|LC/MS system for top-down proteomics|3A999|3A069|9027810000|NO|540000|1|3
MS-TDX|LC-MS/MS, high resolution, top-down intact protein analysis|3A999.b|3A069.b|9027810000|NO|610000|1|2
MS-TDL|LC/MS top-down proteomics workstation, 2021 model|3A999|3A999|9027810000|NO|390000|1|1
MS-Q1|Quadrupole mass spectrometer|3A999|3A999|9027810000|NO|120000|2|14
MS-TOF|Time-of-flight mass spectrometer|3A999.b|3A999.b|9027810000|NO|260000|1|6
MS-ICP|ICP mass spectrometer|3A999|3A999|9027810000|NO|195000|1|8
LC-20|Liquid chromatograph, quaternary pump|3A999|3A999|9027206050|NO|52000|3|22
LC-30|UHPLC system with diode array detector|3A999.f|3A999.f|9027206050|NO|78000|2|10
GC-8|Gas chromatograph, dual column|3A999|3A999|9027202000|NO|38000|3|16
UV-4|UV-Vis spectrophotometer, double beam|3A999|3A999|9027304040|NO|9500|4|12
UV-2|Visible spectrophotometer, teaching model|EAR99|EAR99|9027304080|NO|2600|6|10
OSC-1G|Digital oscilloscope, 1 GHz, 5 GS/s, 4 channels|3A992|3A992|9030201500|NO|11500|6|30
OSC-2G|Digital oscilloscope, 2.5 GHz, 20 GS/s|3A992.g|3A992.g|9030201500|NO|24000|4|12
OSC-200|Digital oscilloscope, 200 MHz, 1 GS/s|3A992|3A992|9030201500|NO|1450|10|20
SIG-6|Signal analyzer, 6 GHz|3A992|3A992|9030840000|NO|17500|3|14
DLY-4|Digital delay generator, 4 channels|3A999|3A999|8543200000|NO|5200|3|5
DMM-6|Bench multimeter, 6.5 digits|EAR99|EAR99|9030310000|NO|980|12|20
MAG-FX|Fluxgate magnetometer, 3 axis|6A996|6A996|9015808040|NO|3900|5|14
MAG-OP|Optically pumped magnetometer, 0.02 nT|6A996.a|6A996.a|9015808040|NO|14500|3|7
ACC-3|Particle accelerator, electron, 3 MeV|1B999|1B999|8543100000|NO|780000|1|2
ACC-T|Tandem particle accelerator, 1.7 MV|1B999.b|1B999.b|8543100000|NO|950000|1|1
PMP-75|Centrifugal pump, industrial, 7.5 HP|2B999|2B999|8413702004|NO|7200|6|22
PMP-15|Process pump, industrial service, 15 HP motor|2B999.j|2B999.j|8413702004|NO|13500|4|10
PMP-V2|Vacuum pump, rotary vane|2B999|2B999|8414100000|NO|3400|6|18
VLV-316|Ball valve, 316 stainless, 1 inch|2B999.g|2B999.g|8481803070|NO|310|40|12
VLV-304|Gate valve, 304 stainless, 2 inch|2B999|2B999|8481803070|NO|520|30|20
VLV-304|Gate valve, 304 stainless, 2 inch|EAR99|EAR99|8481803070|NO|520|30|1
VLV-8|Gate valve, stainless, 8 inch, 1500 psi|2A992.b|2A992.b|8481803070|NO|6800|6|6
PIP-8|Stainless pressure pipe, 8 inch, 500 psi|2A992.a|2A992.a|7304413045|KG|18|900|5
PIP-10|Stainless pipe fittings, 10 inch|2A992|2A992|7307230030|KG|26|400|8
LAS-W|Laser welding machine, 500 W|2B999|2B999|8515800080|NO|64000|1|4
EXC-H|Undercarriage assembly, mining excavator|2B999.h.2|2B999.h.2|8431498010|NO|42000|2|2
VLV-PT|Chemical valve, PTFE lined, 25 mm|2B350|2B350|8481803070|NO|640|20|7
PMP-CR|Seal-less pump, fluoropolymer wetted|2B350.i|2B350.i|8413702004|NO|5400|3|3
STD-TX|Reference standard, aflatoxin, 1 ug|1C351|1C351|3822900000|NO|420|4|1
FPG-3|Field programmable gate array board, spare|3A991|3A991|8542390001|NO|1900|12|14
AWG-1|Arbitrary waveform generator|3A991|3A991|8543200000|NO|7600|3|8
DAQ-5|Networked data acquisition unit, encrypted|5A992|5A992|8517620090|NO|2300|8|20
DAQ-5S|Networked data acquisition unit, secure boot|5A992.c|5A992.c|8517620090|NO|2900|6|8
VPN-2|Secure instrument gateway|5A002|5A002|8517620090|NO|4100|4|4
WKS-9|Instrument control workstation|4A994|4A994|8471500150|NO|3100|8|24
CAM-7|Camera module, cooled, scientific|6A993|6A993|8525894000|NO|5600|4|8
COL-C18|HPLC column, C18, 150 mm|EAR99|EAR99|9027905440|NO|480|30|62
COL-GC|Capillary column, 30 m|EAR99|EAR99|9027905440|NO|390|30|44
VIA-2|Autosampler vials, 2 mL, pack of 100|EAR99|EAR99|7017900000|NO|28|120|50
FLT-45|Syringe filters, 0.45 um, pack of 50|EAR99|EAR99|8421290065|NO|65|80|40
SHF-20|Sheath fluid, 20 L|EAR99|EAR99|3824999390|L|70|60|42
BDS-8|Calibration beads, 8 peaks|EAR99|EAR99|3822190000|NO|310|20|40
KIT-AB|Antibody panel kit, 14 colors|EAR99|EAR99|3822190000|NO|1250|12|30
SLV-4|Mobile phase solvent kit|EAR99|EAR99|3824999390|L|95|40|20
TUB-PK|PEEK tubing and fittings kit|EAR99|EAR99|3917320050|KG|140|20|30
PRB-1|Passive probe, 500 MHz|EAR99|EAR99|9030908010|NO|210|20|34
CBL-S|Cable set, shielded|EAR99|EAR99|8544422000|NO|85|40|36
LMP-D2|Deuterium lamp, spare|EAR99|EAR99|8539490040|NO|640|6|28
PCB-22|Main board, spare part|EAR99|EAR99|9027905440|NO|1850|4|36
MOT-4|Stepper motor, spare part|EAR99|EAR99|8501104060|NO|230|12|26
PWR-24|Power supply, 24 V, spare part|EAR99|EAR99|8504409570|NO|190|16|26
SEA-9|Pump seal kit|EAR99|EAR99|8484200000|NO|120|30|34
GSK-1|Gasket set|EAR99|EAR99|8484100000|KG|45|40|22
OIL-1|Vacuum pump oil, 4 L|EAR99|EAR99|2710193050|L|60|40|22
CAL-W|Calibration weight set|EAR99|EAR99|9016006000|NO|540|4|12
MAN-P|Printed operating manuals|EAR99|EAR99|4901990093|NO|40|20|10
CAS-T|Transport case|EAR99|EAR99|4202190000|NO|260|8|14
SWL-1|Instrument software, packaged|EAR99|EAR99|8523492010|NO|2400|6|16
TEC-PD|Technology for production of detector arrays, drawings|EAR99|3E069||NO|45000|1|1
TEC-DV|Technology for development of spectral unmixing optics|EAR99|3E069||NO|60000|1|1
TEC-OP|Operating instructions sent by portal|EAR99|EAR99||NO|900|1|1
"""

# what left once, as the written cases tell; no draw ever picks it
ODD_PARTS = """
BRL-9|Ballistic test barrel, 9 mm|0A501.a|0A501.a|9305202050|NO|950||
SHG-T|Test shotgun for a recoil bench|0A502|0A502|9303208000|NO|1400||
RGD-6|Rugged signal recorder for a test range|3A611.a|3A611.a|9030840000|NO|1900||
RGD-Y|Mounting tray of a rugged signal recorder|3A611.y|3A611.y|9030840000|NO|240||
ADC-4|Converter board, 4 GS/s|3A001.a.5|3A001.a.5|8542390001|NO|2100||
DIA-R|Rough diamonds for anvil cells|EAR99|EAR99|7102100000|CAR|1200||
NVD-2|Image intensifier tube, returned after repair|EAR99|EAR99|8540200000|NO|1800||
REF-CS|Reference standard, controlled substance, 1 mg|EAR99|EAR99|3822900000|NO|160||
HHG-1|Household goods of a service engineer|EAR99|EAR99|9999990000|X|6400||
"""

# Country, weight of trade and the part it plays in the 3A069 rule, to give most lines a sensible authority:
# A Country Group A:1 (or treated so); G Group B; D Group B and D; X no license exception GBS
DESTINATIONS = """
DE 90 A|GB 80 A|JP 80 A|CA 78 A|MX 58 A|CN 70 X|KR 52 A|NL 46 A|FR 45 A|IN 42 A|TW 36 D|SG 34 G|IT 30 A|AU 26 A|CH 25 A
IL 23 D|BR 22 G|AE 19 D|ES 16 A|SE 14 A|BE 14 A|IE 12 A|HK 12 X|MY 12 G|TH 12 G|PK 10 X|SA 10 D|DK 9 A|AT 9 A|FI 8 A
PL 9 A|NO 7 A|CZ 7 A|TR 8 A|CI 3 G|VN 7 X|PR 7 A|ZA 6 A|CL 5 G|ID 5 G|AR 4 A|CO 4 G|PH 4 G|NZ 4 A|PT 4 A|EG 3 D|QA 3 D
GR 3 A|RO 3 A|KW 2 D|OM 2 D|BH 1 D|JO 2 D|PE 2 G|KE 2 G|NG 1 G|MA 2 G|BD 1 G|LK 1 G|UA 2 X|KZ 1 X|GE 1 X|AM 1 X|MO 2 X
HU 3 A|CY 1 G|MT 1 G|LI 1 A|KH 1 X|LB 1 X|IQ 1 X|UY 1 G|CR 1 G|EC 1 G|EE 1 A|LT 1 A|SI 1 A|SK 1 A|HR 1 A|BG 1 A|LU 1 A
IS 1 A|AF .3 X|SD .3 X|ZW .3 X|VE .5 X|RU .5 X|BY .3 X|KP 0 X|IR 0 X|CU 0 X|SY 0 X|AZ .4 X|MN .4 X|NA .4 G
TN .5 G|GH .5 G|NP .4 G|GU 0 A
"""

STEMS = """
Quellhorn Varrow Ostrane Belmarsk Tindrell Corvane Halvist Merrowick Sundral Ixworth Palgrove Dornach
Fennimore Jastrel Kovander Lirien Northolm Opaline Ravensby Selkirin Thornleaf Umberline Wynmere Yarrowdel Zephrane
Ashcombe Brindlow Calderis Drumlin Ellerton Farrowdale Greyling Hollins Ivorel Jorvane Kestrane Lomond Marrowby
"""
# what a consignee is: the name's ending and the ultimate consignee type
KINDS = [
    ("Institute of Biology", "D"),
    ("Laboratory Supply", "R"),
    ("Pharma", "D"),
    ("Instruments Trading", "R"),
    ("University", "D"),
    ("National Reference Laboratory", "G"),
    ("Process Engineering", "D"),
    ("Test Systems", "O"),
]

# forwarder or other intermediate consignee, its country, the destinations that it serves
FORWARDERS = [
    ("Halyard & Moss Forwarding", "NL", "CH SE DK NO FI PL CZ AT HU"),
    ("Straits Lantern Logistics", "SG", "MY TH ID VN PH LK BD KH NP"),
    ("Gulf Meridian Freight", "AE", "SA QA KW OM BH PK IQ JO EG"),
    ("Harbor Nine Logistics", "HK", "CN TW MO"),
    ("Alder Quay Transit", "DE", "RO BG HR SI SK GE AM TR KZ"),
    ("Northgate Brokers", "CA", ""),
    ("Severn Vale Shipping", "GB", "IE NG GH KE ZA"),
    ("Puerta Sur Carga", "MX", "CO CR EC PE"),
]

# AES mode of transport: carriers (a running number is added), Schedule D ports
CARRIERS = {
    "40": ["Blue Heron Air BH", "Calyx Cargo CX", "Meridian Sky MS", "Parcel Otter PO", "Trans Boreal TB"],
    "11": ["MV Grey Petrel ", "MV Saltmarsh ", "MV Lark of Bristol "],
    "30": ["Longmeadow Truck ", "Two Lakes Haulage "],
    "50": ["Mail "],
    "": [""],
}
PORTS = {
    "40": ["4701", "3901", "2720", "2801", "5206", "0417"],
    "11": ["1001", "2704", "5301", "1703"],
    "30": ["3801", "0901", "2304", "3004"],
    "50": ["8000"],
    "": [""],
}


def rows(table: str) -> list[list[str]]:
    """The cells of a text table, one list per row."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def consignees(country: str, weight: float) -> list[tuple[str, str]]:
    """Name and type of the invented consignees of one country: twelve in a large market, two in a small one."""
    count = 12 if weight >= 20 else 6 if weight >= 5 else 2
    first = sum(ord(letter) * (7 + 24 * place) for place, letter in enumerate(country))
    stems = STEMS.split()
    picked = [(stems[(first + 7 * i) % len(stems)], KINDS[(first + 3 * i) % len(KINDS)]) for i in range(count)]
    return [(f"{stem} {kind} ({country})", letter) for stem, (kind, letter) in picked]
