"""Audits any running portal by its address and keeps the evidence; the portal never imports it."""
