"""A field that says of each point or polygon whether it means "this one" or "not this one"."""

from typing import Any

from qgis.core import NULL


def positive(value: Any) -> bool:
    """Whether a sign field's value means "this one"; NULL does."""
    if value is None or value == NULL:
        return True
    if isinstance(value, str):
        return value.strip().lower() not in ("-", "-1", "0", "no", "n", "false", "negative", "background")
    return float(value) > 0
