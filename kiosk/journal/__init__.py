"""What this display must not forget: one SQLite file, written in whole transactions. See `docs/journal.md`."""
