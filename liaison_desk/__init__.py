"""The Liaison Desk (协商联络台): one clerk's records, minutes, follow-up and reports."""
