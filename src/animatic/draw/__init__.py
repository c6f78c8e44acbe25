"""What may be drawn: subjects, a file a family, each with its table SUBJECTS."""
