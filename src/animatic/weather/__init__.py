"""Weather and what else is in the air, each file with its table WEATHER."""
