"""A citizen's own pages: applying, receipts, following an application."""
