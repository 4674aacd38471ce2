"""What an impact analysis says, as a page and as a workbook."""
