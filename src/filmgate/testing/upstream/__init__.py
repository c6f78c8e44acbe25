"""A scripted upstream: a Videos API server with every habit that was seen in the field."""
