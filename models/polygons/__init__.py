"""Outlines made simpler than the pixels they were traced from, with what that costs in area said for each."""
