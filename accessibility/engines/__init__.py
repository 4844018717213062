"""Engines that judge a page by rules; each judges a canary with known faults in the same run."""
