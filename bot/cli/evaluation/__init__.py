"""`wengong evaluate`: the ranking measured on a graded set beside simpler ways."""
