"""What turns a request into films: the socket (`base`) and its plugs."""
