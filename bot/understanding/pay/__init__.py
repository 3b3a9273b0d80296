"""Pay as people say it: wanted, offered, and set against the minimum."""
