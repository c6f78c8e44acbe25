"""What subjects are drawn with: the pen, bodies, figures, what they wear and hold."""
