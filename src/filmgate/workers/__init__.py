"""The processes that make videos, and their roles."""
