"""What can be drawn: each file has a table `SUBJECTS`, and is found by itself."""
