"""Classes that a user teaches Nano on a layer of their own: learned, kept in a file, and answered about."""
