"""Tiles of imagery as vectors, kept and searched: by words, by a picture, by what was liked."""
