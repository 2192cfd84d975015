"""Deeds: everything that changes the office's records, and what is worked out from them."""
