"""Hand-overs that both sides confirm, and legs between agencies and levels."""
