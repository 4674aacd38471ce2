"""The page that says what was understood of a file under a layout: for people who look rather than read."""
