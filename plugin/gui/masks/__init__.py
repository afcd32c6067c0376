"""Pointing at things in imagery: the map tool, what it draws, its bar, and what joins them to engines and layers."""
