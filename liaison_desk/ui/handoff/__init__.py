"""报送与接收: the page and its two sides."""
