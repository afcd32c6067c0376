"""A validator of the part of JSON Schema that this project's schemas of records use; standard library only."""

import re
from typing import Any, Dict, List

_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
_KNOWN = frozenset({
    "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "enum",
    "minItems", "maxItems", "uniqueItems", "minLength", "minimum", "maximum", "pattern",
})


def violations(value: Any, schema: Dict[str, Any], where: str = "record") -> List[str]:
    """What of ``value`` breaks ``schema``, as sentences that begin with the place; [] if nothing does.

    Raises ``ValueError`` for a keyword it does not know, so that no rule is passed over in silence.
    """
    if schema.keys() - _KNOWN:
        raise ValueError(f"this validator does not know {sorted(schema.keys() - _KNOWN)}")
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [f"{where} must be {' or '.join(kinds)}"]
    found = []
    if "enum" in schema and not any(value == given and type(value) is type(given) for given in schema["enum"]):
        found.append(f"{where} must be one of {schema['enum']}")
    if isinstance(value, dict):
        found += _object(value, schema, where)
    elif isinstance(value, list):
        found += _array(value, schema, where)
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            found.append(f"{where} is too short")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{where} does not match {schema['pattern']}")
    elif _is(value, "number"):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            found.append(f"{where} is out of range")
    return found


def _is(value: Any, kind: str) -> bool:
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
    return isinstance(value, _TYPES[kind])


def _object(value: Dict[str, Any], schema: Dict[str, Any], where: str) -> List[str]:
    known = schema.get("properties", {})
    found = [f"{where} lacks {key}" for key in schema.get("required", ()) if key not in value]
    for key, item in value.items():
        if key in known:
            found += violations(item, known[key], f"{where}.{key}")
        elif schema.get("additionalProperties") is False:
            found.append(f"{where} has no key {key}")
    return found


def _array(value: List[Any], schema: Dict[str, Any], where: str) -> List[str]:
    found = []
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        found.append(f"{where} has {len(value)} items")
    if schema.get("uniqueItems") and any(item in value[:i] for i, item in enumerate(value)):
        found.append(f"{where} repeats an item")
    for i, item in enumerate(value if "items" in schema else ()):
        found += violations(item, schema["items"], f"{where}[{i}]")
    return found
