"""What people and machines can do, a verb a file; each takes a session, and the time as an argument."""
