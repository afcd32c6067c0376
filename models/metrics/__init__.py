"""Figures by published protocol: pure numpy, no model, no file."""
