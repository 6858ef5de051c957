"""The forms, a file per subject."""
