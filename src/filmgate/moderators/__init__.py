"""Who judges prompts and pictures for the operator."""
