"""Recall: 40 served outlets publish over a simulated day; what the crawl has of it at the end."""
