"""Looking at papers before they are printed, and printing them."""
