"""The measuring stick in parts: manifests, images under a control, questions through the chat's door, one module a task."""
