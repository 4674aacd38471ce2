"""Parties on lists, over the whole history: what a person should look at beside the findings, as a workbook."""
