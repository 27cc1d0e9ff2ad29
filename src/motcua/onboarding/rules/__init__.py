"""What a sheet must say and how its cells are read. Pure."""
