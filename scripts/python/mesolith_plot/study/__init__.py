"""Figures of parameter studies (study.h5): what to draw is chosen in `figures`, by what the study varies."""
