"""The map of the network: what it is asked, what it says, what leaves the house with it."""
