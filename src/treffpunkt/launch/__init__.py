"""The command `treffpunkt`: the embedded database, the processes, and what starts and stops them."""
