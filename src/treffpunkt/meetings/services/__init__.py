"""What can be done with meetings, by topic."""
