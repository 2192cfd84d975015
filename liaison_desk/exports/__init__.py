"""Content to files: papers as PDF, ledgers as workbooks."""
