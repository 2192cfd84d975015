"""The page of the minutes: the text, and the paper as it will be printed."""
