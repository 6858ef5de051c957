"""Measures: how quick, how large, how good. Nothing here is a test; `python -m bench` prints a table."""
