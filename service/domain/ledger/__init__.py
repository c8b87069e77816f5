"""Buku Angka: every figure that the press states, checked against each other and against the agency's own series.

`statement` reads the rows of the ledger out of an article, `claim` gathers restatements of one figure, `checks` finds
what does not add up, `official` compares with the agency's series, `review` is what a person decided about a figure,
`filter` what the ledger can be asked.
"""
