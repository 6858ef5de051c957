"""The staff pages of the network: spaces, people, organisations, communities, the contact log."""
