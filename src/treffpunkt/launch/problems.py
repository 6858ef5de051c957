"""What keeps the command from doing its work, said in one sentence with the remedy."""

from __future__ import annotations


class Problem(Exception):
    """A reason to stop that the person at the terminal can do something about."""
