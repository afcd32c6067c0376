"""Sentences read back into typed claims and judged against facts; nothing here knows what writes sentences."""
