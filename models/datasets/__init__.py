"""The data engine: imagery with masks, vectors or tags in, training and evaluation records out."""
