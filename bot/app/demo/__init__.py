"""The demo: an invented county, the doors of its three roles, its clock, and its tour."""
