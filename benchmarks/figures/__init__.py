"""Speed of the stated-figures component next to floors of the same run."""
