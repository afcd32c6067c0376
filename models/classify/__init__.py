"""Tiles named with any classes: words and tiles in one space, neighbours asked, classes changed without a second look."""
