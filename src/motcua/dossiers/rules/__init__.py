"""The rules of a dossier's life, pure: what it is (`state`), what may be done to it (`acts`), how late it is (`lateness`)."""
