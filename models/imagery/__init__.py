"""Imagery as numpy: grids, windows, sources, stretch, tiles, blended scores, exact polygons."""
