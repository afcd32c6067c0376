"""Words: reading what is asked, and composing what is answered from facts. Numbers are only ever filled in by code."""
