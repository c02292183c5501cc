"""Figures of Mesolith runs. `scripts/plot --help` is the manual; docs/results-format.md describes what is read."""
