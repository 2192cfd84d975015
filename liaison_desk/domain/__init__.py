"""What the office knows: records, their fields and rules. Standard library only."""
