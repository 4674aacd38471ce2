"""What other records add to a line: the value of its shipment, its item record, other uses of its ITN, AES.

One folder for each thing that is added, whose last step leaves one row per line and fact; `sql/` puts them together.
"""
