"""The reader: one encoder pass over what an article says about the agency, read for every question at once."""
