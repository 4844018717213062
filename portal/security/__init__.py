"""Keys, sealing, blind indexes, tokens and signatures: everything that needs randomness or a secret."""
