"""Papers: the official grid of GB/T 9704-2012, its fonts, and one module for each paper."""
