"""Relays videos to other backends: pay once, wait, fetch, conform."""
