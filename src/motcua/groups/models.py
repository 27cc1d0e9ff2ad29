"""Merged and linked procedures: one submission, several dossiers, one state to the owner."""
