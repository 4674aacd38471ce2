"""How a home of an earlier version becomes one of this version: a migration for each change of the stored schema.

`steps.py` lists them, `take_over.py` runs those that a home lacks, `derive.py` makes all anew that is derived.
"""
