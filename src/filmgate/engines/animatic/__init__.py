"""The embedded engine: draws the prompt as a moving storyboard, without weights or a GPU."""
