"""Steps of the database's history, in order."""
