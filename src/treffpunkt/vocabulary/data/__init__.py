"""Reference data the house comes with."""
