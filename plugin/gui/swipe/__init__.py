"""Before and after on the canvas, with a line between them that can be dragged."""
