"""Places, a file a kind of land, each with its table SETTINGS."""
