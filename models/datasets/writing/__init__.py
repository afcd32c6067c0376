"""Training records in the formats that published systems read. Start at ``dataset.py``."""
