"""What runs: the supervisor, the HTTP process and the workers."""
