"""The background jobs, a file per subject; procrastinate finds them through this package."""
