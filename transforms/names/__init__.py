"""Which names of parties may be those of a listed party: words, blocks of pairs, and the bands match and possible."""
