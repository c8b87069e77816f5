"""The language of the search: what people type (`reading`), what it means (`tree`), what is searched (`searchable`)."""
