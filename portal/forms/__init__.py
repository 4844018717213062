"""The form engine: definitions, rules, answers and journeys as pure values; no clock, no network."""
