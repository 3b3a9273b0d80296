"""A course as somebody announces it in free words."""
