"""The demo story: five communities, two seasons, everything made through the services."""
