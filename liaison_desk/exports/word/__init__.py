"""Papers as Word files, written part by part: every font, measure and bookmark is ours to name."""
