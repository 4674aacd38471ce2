"""From a file of any form to its cells: found out, unpacked, staged once as they came; see `data/README.md`."""
