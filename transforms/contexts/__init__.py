"""What other records add to a line: the value of its shipment, its item record, other uses of its ITN, AES."""
