"""Pages open to all: the catalogue, the words about the site, its state, checking a receipt."""
