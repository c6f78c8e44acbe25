"""The wire: bytes to requests, videos to answers."""
