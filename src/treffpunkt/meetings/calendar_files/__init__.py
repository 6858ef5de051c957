"""Calendar files of other programs, read as meetings that could be planned."""
