"""The page of a meeting: its facts, its people, and the lists of what happened in it."""
