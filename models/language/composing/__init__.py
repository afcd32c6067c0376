"""Sentences composed from facts, in plain text: of one view, of two dates, of a series, of what was found."""
