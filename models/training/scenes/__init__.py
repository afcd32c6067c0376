"""Rendered scenes: drawn layouts filled with real textures and roofs, with exact cover labels. Training only."""
