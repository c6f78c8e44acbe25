"""Upstreams that speak the Videos API: what they share, and each one's habits as data."""
