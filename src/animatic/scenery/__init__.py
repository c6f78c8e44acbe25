"""What places are made of: skies, land, water, buildings, rooms."""
