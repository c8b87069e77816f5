"""Backfill measured: an archive made as CC-NEWS makes its own, with known articles hidden in it."""
