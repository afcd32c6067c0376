"""Knowledge bases: what the user's own layers, tables and documents say, found again and quoted with its place."""
