"""What waits for an officer: lists, saved views, bulk acts and their files."""
