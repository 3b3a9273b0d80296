"""Courses: seats, the roll, offers, and what became of those who came."""
