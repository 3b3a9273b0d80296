"""What the official documents say, clause by clause: cards, documents, and their review."""
