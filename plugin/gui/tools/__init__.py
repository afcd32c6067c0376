"""Map tools that turn mouse events into one region each. They know nothing of questions or models."""
