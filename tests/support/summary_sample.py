"""A made-up summary with hostile text in every field that comes from a source, for the unit and browser tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from transforms.reports.summary.model import (
    Conservation,
    Coverage,
    ItemRow,
    ListedFinding,
    ListedLine,
    News,
    PartyRow,
    RuleRow,
    SourceRow,
    StepRow,
    Summary,
)

HOSTILE = '<script>console.error("owned")</script>=HYPERLINK("http://evil.example","x")'


def sample() -> Summary:
    """5,180 lines, six rules, 30 destinations, 26 months."""
    usd = Decimal
    return Summary(
        run_id="2026-01-31-7f3a90c1",
        as_of=date(2026, 1, 31),
        known_at=datetime(2026, 1, 31, 2, 0, tzinfo=UTC),
        rulebook_hash="9c1d5e7a40b2",
        version="0.1.0",
        synthetic=True,
        sources=[
            SourceRow("erp", 4100, usd("33000000.10"), date(2023, 11, 2), date(2026, 1, 30), ["tendered_on", "itn"]),
            SourceRow("broker " + HOSTILE, 1080, None, date(2024, 1, 5), date(2025, 12, 30), []),
        ],
        conservation=Conservation(5200, 5180, 12, 3, 5),
        quarantine=[("export_on is not a date", 3), ("unknown country " + HOSTILE, 2)],
        rows_aside=5,
        aside_for_days=34,
        lines=5180,
        value_usd=usd("42100000.49"),
        situations=143,
        eras=9,
        lines_clear=4900,
        lines_flagged=61,
        lines_undetermined=35,
        lines_before_any_rule=184,
        lists_as_of=date(2025, 12, 1),
        lines_after_lists=240,
        value_flagged_usd=usd("1234567.50"),
        value_undetermined_usd=usd("98765.43"),
        rules=[
            RuleRow(
                "pakistan-rs",
                "control",
                "A license is required to send these six ECCNs to or within Pakistan",
                "RS",
                date(2024, 12, 26),
                ["89 FR 93164 (2024-27648)", "15 CFR 742.6(a)(12)"],
                41,
                12,
                usd("900000"),
                usd("54000"),
                "Confirm the ECCN paragraph and the authority; if none, hold it",
            ),
            RuleRow(
                "lab-equipment-ns-rs",
                "control",
                "A license is required for high-parameter flow cytometers",
                "NS, RS",
                date(2025, 1, 16),
                ["90 FR 4612 (2025-00723)"],
                14,
                20,
                usd("310000"),
                None,
                "Take it to counsel",
            ),
            RuleRow(
                "eei-filing",
                "eei",
                "EEI must be filed in AES before departure",
                None,
                date(2014, 4, 5),
                ["15 CFR 758.1(b)", "15 CFR 30.2"],
                9,
                0,
                usd("24567.5"),
                usd(0),
                "File late, and see 30.74",
            ),
            RuleRow(
                "not-judged",
                "check",
                "A field that several rules need is missing",
                None,
                None,
                [],
                0,
                6,
                usd(0),
                usd("44765.43"),
                None,
            ),
            RuleRow(
                "itn-after-departure",
                "check",
                "The ITN is dated after departure",
                None,
                date(2014, 4, 5),
                ["15 CFR 30.4"],
                0,
                0,
                usd(0),
                usd(0),
                "None",
            ),
        ],
        by_destination=[
            (code, "Türkiye" if code == "TR" else f"Country {code}", "pakistan-rs", outcome, lines, usd(1000 * lines))
            for at, code in enumerate(["PK", "CN", "TR", *(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
            for outcome, lines in (("flagged", 30 // (at + 1)), ("undetermined", 1 + 12 // (at + 2)))
            if lines
        ]
        + [(None, None, "not-judged", "undetermined", 2, None)],
        by_month=[
            (f"{2023 + (10 + at) // 12}-{(10 + at) % 12 + 1:02}", outcome, lines, usd(100 * lines))
            for at in range(27)
            for outcome, lines in (("flagged", at % 7), ("undetermined", at % 3), ("clear", 180))
            if lines and at != 9
        ],
        undetermined=[
            (
                "eccn",
                ["pakistan-rs", "lab-equipment-ns-rs"],
                29,
                usd("54000"),
                "The ECCN, to the paragraph, from the classification",
            ),
            ("tendered_on", ["pakistan-rs"], 6, usd("44765.43"), "The day of hand-over, from the carrier's receipt"),
        ],
        silent=["erp: 12 of 5,180 lines have no readable ECCN."],
        top=[
            ListedLine(
                f"SO-{1000 + at}",
                at % 3 + 1,
                date(2025, 2, 3),
                "PK",
                "3A992",
                HOSTILE if at == 3 else "Indus Labs",
                usd(90000 - at),
                [
                    ListedFinding(
                        "pakistan-rs",
                        "flagged",
                        "3A992 to PK on 2025-02-03 needs a license (RS, in force from 2024-12-26); recorded: C33 NLR.",
                        ["89 FR 93164 (2024-27648)", "15 CFR 742.6(a)(12)"],
                        days_open=at,
                    )
                ],
                country="Pakistan",
                part_number="OSC-1G" if at % 2 else None,
                quantity=usd("1.5000"),
                uom="NO",
                end_user_name=HOSTILE if at == 4 else "Kestrane",
            )
            for at in range(30)
        ],
        coverage=Coverage(
            [
                ("License requirements", ["Pakistan RS from 2024-12-26", "Laboratory equipment from 2025-01-16."]),
                ("Filing in AES", ["EEI filing under 15 CFR 758.1 and part 30."]),
            ],
            ["Part 744, end users and end uses.", "Part 746, embargoes.", "The rest of the Commerce Control List."],
            [
                ("Country chart", date(2024, 1, 1), None, 120, usd("740000")),
                ("Country groups", date(2020, 12, 23), date(2026, 1, 1), 4, None),
            ],
            ["A validated end user: no source records one."],
            ["restricted parties", "embargoes"],
        ),
        news=News(
            date(2026, 1, 30), new=12, new_lines=9, new_filings=2, new_flagged=8, new_value_usd=usd("91000"),
            reopened=2, urgent=1, closed=3, still_open=80, decided=4,
            open_findings=94, open_lines=70, open_filings=2,
            steps=[
                StepRow("embargoed-destination", "Embargoed destination", True, 0, 1, 1, usd("900"), "Hold it"),
                *(
                    StepRow(f"rule-{at}", f"Title {at}", False, 2, 1, 3, usd("7000"), None if at else "Confirm it")
                    for at in range(4)
                ),
            ],
            parties=[
                PartyRow("Indus Labs", HOSTILE, "IR", "Iran", 1),
                PartyRow(None, None, None, None, 3),
            ],
            first_lines=[
                ListedLine(
                    "SC-1", 1, date(2026, 1, 29), "IR", "EAR99", "Indus Labs", usd("900"),
                    [
                        ListedFinding(
                            "embargoed-destination", "undetermined", "15 CFR part 746 governs.", ["15 CFR 746.7"],
                            "Hold it", 0,
                        ),
                        ListedFinding(
                            "pakistan-rs", "flagged", HOSTILE, ["15 CFR 742.6"], "Hold it", 0,
                        ),
                        ListedFinding(
                            "eei-filing", "flagged", "EEI filing is not recorded.", ["15 CFR 758.1"], None, 7,
                            is_news=False,
                        ),
                    ],
                    country="Iran", part_number="OSC-1G",
                )
            ],
        ),
        items=[
            ItemRow(
                "OSC-1G", HOSTILE, ["3A992", "EAR99"], 40, usd("70000"), date(2024, 1, 5), date(2026, 1, 29),
                ["IR", "PK"], 9,
            )
        ],
        door=[
            ("erp", "extract-2026-01-30.csv", True, 14, []),
            ("broker", HOSTILE, True, 14, ["fewer rows than usual"]),
            ("forwarder", "late.csv", False, 14, ["freshness", "null rate of eccn"]),
        ],
        files=[
            ("findings.parquet", "One row per line and rule that is flagged or undetermined"),
            ("manifest.json", "Inputs, versions and counts"),
        ],
    )


def nothing_found(summary: Summary) -> Summary:
    """The same lines, with no finding of any kind."""
    quiet = [rule._replace(flagged=0, undetermined=0) for rule in summary.rules]
    none = {"by_destination": [], "by_month": [], "undetermined": [], "top": [], "lines_flagged": 0, "items": []}
    money = {"value_flagged_usd": Decimal(0), "value_undetermined_usd": Decimal(0)}
    none["news"] = News(date(2026, 1, 30))
    return replace(summary, lines_clear=4996, lines_undetermined=0, rules=quiet, **none, **money)
