"""Rules that touch stored things; they take a unit of work and never commit."""
