"""Choosing what a question is about: one source or two dates, and which bands are which."""
