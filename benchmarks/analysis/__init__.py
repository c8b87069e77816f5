"""Speed of the whole analysis."""
