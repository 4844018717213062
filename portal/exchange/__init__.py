"""A stand-in for the national exchange in its own process: security server, registry and intake, invented."""
