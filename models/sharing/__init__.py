"""What threads and processes share: turns, locks, small caches, a folder of files."""
