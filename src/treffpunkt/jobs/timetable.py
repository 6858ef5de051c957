"""What runs by itself, and when."""

from __future__ import annotations

from procrastinate import App


def register(app: App) -> None:
    """Add the periodic jobs to the app once Django is ready."""
