"""What is counted, logged and traced, for whoever runs a server."""
