"""What the product does, one module a verb: ingest, indexing, alerting, digests. They know ports, no engines."""
