"""Warnings before lateness, stuck dossiers and late dossiers without a letter."""
