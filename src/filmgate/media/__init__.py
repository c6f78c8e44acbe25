"""Films and pictures: encode, probe, stills, decode with limits."""
