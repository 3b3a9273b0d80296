"""HTTP pages of one bureau: browser chat, demo links and status."""
