"""The pages, a file per subject."""
