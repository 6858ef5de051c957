"""Use cases of the network, by topic."""
