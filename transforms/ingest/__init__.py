"""From an extract file to versioned lines: land, read, clean, load, check at the door."""
