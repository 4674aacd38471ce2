"""Which filing of AES belongs to which shipment line, before anything is decided of either."""
