"""The Find window: words or an example in, ranked places of indexed imagery out."""
