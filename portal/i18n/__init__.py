"""Words, digits, dates and money in the languages people read."""
