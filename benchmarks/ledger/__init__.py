"""How fast the ledger answers at hundreds of thousands of statements, and what a new article costs."""
