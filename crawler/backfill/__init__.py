"""Reading what others archived: which pages of any WARC file are wanted, and how they come into the spool."""
