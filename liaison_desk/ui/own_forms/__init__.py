"""县里发的表: a form of somebody else's, filled in from the records."""
