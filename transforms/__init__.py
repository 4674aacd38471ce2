"""Pure steps of Earshot: paths, connections and dates come in as arguments; no clock, no network, no environment."""
