"""Wengong: chat with workers, officers and enterprises."""
