"""The law, decided once per situation: situations and the compiled rulebook in, verdicts out."""
