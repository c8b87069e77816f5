"""The desk's view of the wired app."""
