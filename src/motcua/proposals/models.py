"""Proposals of the specialised officer and the decisions of the head on them."""
