"""Who starts worker processes and where: the socket, its plugs, and what keeps them as wanted."""
