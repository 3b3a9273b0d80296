"""Policies: questions answered, cards reviewed, rules released, and who has to hear of what."""
