"""Rows to nouns: SQL lives only here."""
