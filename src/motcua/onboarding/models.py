"""Sheets of units, officers and open dossiers brought in with mapping, preview and undo."""
