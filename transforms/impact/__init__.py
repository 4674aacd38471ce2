"""What would another rulebook have said of the past? Two rulebooks decided side by side, and the lines that differ.

*Baseline* and *reform* are two compiled laws. Both are decided once per situation; only where their verdicts differ
are lines looked at. `read.py` turns what was asked into the two laws, `past.py` holds the lines, `what_if.py` answers.
"""
