"""The desk: pages and JSON of the search desk."""
