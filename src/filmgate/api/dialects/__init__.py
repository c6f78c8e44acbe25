"""The vocabularies that callers speak."""
