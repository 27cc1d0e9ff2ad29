"""Long work in the background: who asked for it, how far it is, what came of it."""
