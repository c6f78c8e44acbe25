"""Hosted providers, each behind its own SDK or its own few requests."""
