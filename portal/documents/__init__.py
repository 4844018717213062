"""Papers a person can keep: the receipt as a tagged PDF, and the code on it that a phone can check."""
