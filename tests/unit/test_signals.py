"""The words by which a description tells of a cytometer, a cell sorter or an LC/MS, and their false friends."""

import csv
from pathlib import Path

import duckdb
import pytest

TABLE = Path(__file__).parents[2] / "rules" / "tables" / "signals.csv"

CYTOMETERS = """
Flow cytometer
 QTY 1 new flow cytometer
Flow cytometer, 30 fluorescence detectors
FLOW CYTOMETERS
flow-cytometer
flowcytometer
Flow cytometre
Flow cytometer with 30 detectors
Flow cytometer 3-laser
Flow cytometer 30 detectors
Flow cytometer spectral
Flow cytometer NL-3000
Flow cytometer (refurbished)
Flow  cytometer
Spectral flow cytometer, 5 lasers, 64 channels
Full spectrum flow cytometer, 3 lasers, 38 detectors
Clinical flow cytometer, 8 colors, 510(k) cleared
5-laser spectral flow cytometer
BD flow cytometer
Flow cytometer system
Flow cytometer/cell sorter
Flow cytometry system, 40 channels
Benchtop flow cytometry analyzer
Cytometer, flow, 30 detectors
Cytometer, spectral
Cytomètre en flux, 30 détecteurs
Spectral cytometer
Spectral cell analyzer, 40 channels
Cell analyzer, spectral, 40 channels
Imaging flow cytometer for research
"""
SORTERS = """
Cell sorter, 4-way, 28 channels
Cell sorter, spectral, 6-way, 48 detectors
Cell sorters
Cell-sorter
Cellsorter
Fluorescence-activated cell sorter
Fluorescence activated cell sorter (FACS)
FACS, 30 detectors
FACS
FACS sorter
FACS analyzer, 18 colors
High-speed cell sorter
High speed cell sorter
single-cell sorter
SRT-4 cell sorter
Cell sorting system, 4-way
Benchtop cell sorter with 3 lasers
"""
LC_MS = """
LC/MS
LC-MS
LCMS
LC MS
LC–MS system
LC-MS/MS
LC/MS/MS, triple quadrupole
LCMS/MS
LC-MSMS
LC/MS system for top-down proteomics
LC-MS/MS, high resolution, top-down intact protein analysis
LC/MS top-down proteomics workstation, 2021 model
UHPLC-MS/MS system
HPLC-MS
nano-LC-MS/MS system
nanoLC-MS
LC-QTOF-MS
LCMS-8060
LC-MS 8060
LC/MS triple quadrupole
Liquid chromatograph mass spectrometer
Liquid chromatograph/mass spectrometer
Liquid chromatograph-tandem mass spectrometer
Liquid chromatography-mass spectrometry system
Liquid chromatography mass spectrometry
High-resolution liquid chromatograph with mass spectrometer
Mass spectrometer, liquid chromatograph
Mass spectrometer with HPLC
Mass spectrometer for top-down proteomics
Top-down proteomics mass spectrometer
"""
FALSE_FRIENDS = """
HPLC column, C18, 150 mm
LC-MS column, 2.1 mm
LC columns
Column for LC-MS
Acetonitrile, LC-MS grade
LC-MS grade water
Water, LC/MS, 4 L
LC/MS vials, pack of 100
Vials for LC-MS/MS
LC-MS calibration standard
LC-MS software
LC-MS system software
GC/MS system
GC-MS
ICP-MS
ICP mass spectrometer
Quadrupole mass spectrometer
Time-of-flight mass spectrometer
Liquid chromatograph, quaternary pump
UHPLC system with diode array detector
Gas chromatograph, dual column
Solvent for liquid chromatography-mass spectrometry
Sheath fluid, 20 L
Sheath fluid for flow cytometers
Flow cytometer sheath fluid
Flow cytometer tubes, 5 mL
Flow cytometer calibration beads
Flow cytometer laser, spare
Flow cytometer system filter kit
Flow cytometer maintenance kit
Flow cytometry tubes
Flow cytometry antibody, CD4
Antibody panel for flow cytometers
Antibody panel kit, 14 colors
Laser, spare, for flow cytometer
Spare laser for a flow cytometer
Tubes for BD flow cytometer
Reagent, flow cytometer
Flow meter
Parcel sorter, 4 lanes
Coin sorter
Seed sorter, optical
Solar cell sorter
Battery cell sorter, 4 channels
Magnetic cell sorter
Cell sorter nozzle, 100 um
Nozzle for cell sorter
Cell sorting buffer
Cell sorter service manual
FACS buffer
FACS tubes, 5 mL
FACSFlow, 20 L
Facsimile machine
Cell strainer
Fuel cell analyzer
Signal analyzer, 6 GHz
Spectral lamp
UV-Vis spectrophotometer, double beam
Instrument control workstation
Printed operating manuals
Clamps, LCM series
LC circuit, ms range
Optical spectrum analyzer
"""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def signals(description: str) -> set[str]:
    """What the patterns find, as the screening reads them."""
    con = duckdb.connect()
    sql = "select regexp_matches($description, '(?i)' || $pattern)"
    return {
        row["signal"]
        for row in rows()
        if con.execute(sql, {"description": description, "pattern": row["pattern"]}).fetchone()[0]
    }


def test_the_signals_are_three_and_each_pattern_stands_once():
    assert {row["signal"] for row in rows()} == {"flow cytometer", "cell sorter", "LC/MS"}
    assert len({row["pattern"] for row in rows()}) == len(rows())


@pytest.mark.parametrize("description", lines(CYTOMETERS))
def test_a_flow_cytometer_is_known_by_its_description(description):
    assert "flow cytometer" in signals(description)


@pytest.mark.parametrize("description", lines(SORTERS))
def test_a_cell_sorter_is_known_by_its_description(description):
    assert "cell sorter" in signals(description)


@pytest.mark.parametrize("description", lines(LC_MS))
def test_an_lc_ms_is_known_by_its_description(description):
    assert "LC/MS" in signals(description)


@pytest.mark.parametrize("description", lines(FALSE_FRIENDS))
def test_reagents_parts_and_other_instruments_are_not_taken_for_one(description):
    assert signals(description) == set()


def test_a_line_break_or_capitals_change_nothing():
    assert signals("FLOW CYTOMETER\n14 DETECTORS") == {"flow cytometer"}
