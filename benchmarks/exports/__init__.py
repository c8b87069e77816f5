"""What files of a search and the digest cost, next to reading their articles from the store."""
