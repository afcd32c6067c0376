"""What an answer's events hold, and whether every number it speaks is one of its facts."""

import json
import re
from pathlib import Path

from terralogue.models.conversation import Done, Facts, Link, Mask, Text, Turn

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs" / "facts.schema.json").read_text(encoding="utf-8"))
_NUMBER = re.compile(
    r"(?<![\w“])(\d[\d,]*(?:\.\d+)?)(?: (%|m²|ha|km²|sq ft|acres|sq mi|pixels|m|km|ft|mi)(?![\w²]))?(?! %)"
)
_METRES = {"m²": 1, "ha": 1e4, "km²": 1e6, "sq ft": 0.09290304, "acres": 4046.8564224, "sq mi": 2589988.110336,
           "m": 1, "km": 1000, "ft": 0.3048, "mi": 1609.344}


class Answer:
    """The events of one answer, by kind."""

    def __init__(self, events):
        self.events = events
        self.text = "".join(e.text for e in events if isinstance(e, Text))
        self.facts = next((e.facts for e in events if isinstance(e, Facts)), {})
        self.found = next((e.features for e in events if isinstance(e, Mask)), None)
        self.features = self.found.features if self.found is not None else ()
        self.links = [e for e in events if isinstance(e, Link)]
        self.provenance = events[-1].provenance if isinstance(events[-1], Done) else None

    @property
    def labels(self):
        return sorted({feature.label for feature in self.features})

    def turn(self, question):
        """This answer as a turn that the next question can refer to; through JSON, as a project keeps it."""
        return Turn(question, self.text, json.loads(json.dumps(self.facts)))


def unfounded(text, facts):
    """The numbers in ``text`` that no fact rounds to; read with no help from the code that wrote them."""
    known = _figures(facts)
    return [found.group(0) for found in _NUMBER.finditer(text) if not _is_known(found.group(1), found.group(2), known)]


def _is_known(digits, unit, known):
    value = float(digits.replace(",", ""))
    decimals = len(digits.split(".")[1]) if "." in digits else 0
    step = 10.0 ** -decimals
    if unit == "%":
        return any(abs(100 * share - value) <= step / 2 + 1e-9 or (value in (0.1, 99) and share > 0) for share in known["share"])
    if unit in _METRES:
        kind = "area_m2" if unit in ("m²", "ha", "km²", "sq ft", "acres", "sq mi") else "metres"
        # Three digits at most are spoken: 12,345 is said as 12,300.
        slack = max(step / 2, 0.005 * value) + 1e-9
        return any(abs(figure / _METRES[unit] - value) <= slack for figure in known[kind])
    return value in known["count"]


def _figures(facts):
    known = {"share": set(), "area_m2": set(), "metres": set(), "count": set()}
    _collect(facts, "", known)
    if facts.get("kind") == "view":
        known["share"].add(sum(facts["covers"][name]["share"] for name in ("building", "paved")))
    return known


def _collect(value, key, known):
    if isinstance(value, dict):
        for inner, part in value.items():
            _collect(part, inner, known)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _collect(part, key, known)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        kinds = {
            "share": "share", "probability": "share", "iou": "share", "precision": "share", "recall": "share",
            "area_m2": "area_m2", "min_area_m2": "area_m2", "max_area_m2": "area_m2",
            "metres": "metres", "gsd": "metres", "gsd_range": "metres",
            "count": "count", "count_interval": "count", "pixels": "count",
        }
        if key in kinds:
            known[kinds[key]].add(value)


def _pointed(reference):
    found = SCHEMA
    for key in reference.lstrip("#/").split("/"):
        found = found[key]
    return found


def mismatches(value, schema=SCHEMA, where="facts"):
    """Where ``value`` breaks ``schema`` (the keywords of JSON Schema that docs/facts.schema.json uses, and no others)."""
    known = {"$schema", "title", "description", "$defs", "$ref", "oneOf", "const", "enum", "type", "properties", "required",
             "additionalProperties", "items", "minItems", "maxItems", "minimum", "maximum"}
    assert set(schema) <= known, set(schema) - known
    wrong = []
    if "$ref" in schema:
        wrong += mismatches(value, _pointed(schema["$ref"]), where)
    if "oneOf" in schema:
        tries = [mismatches(value, option, where) for option in schema["oneOf"]]
        wrong += [] if sum(not found for found in tries) == 1 else min(tries, key=len)
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{where}: {value!r}")
    if "type" in schema and not _is_type(value, schema["type"]):
        return [*wrong, f"{where}: {value!r} is no {schema['type']}"]
    if isinstance(value, dict):
        wrong += _properties(value, schema, where)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            wrong.append(f"{where}: {len(value)} items")
        wrong += [w for i, part in enumerate(value) for w in mismatches(part, schema.get("items", {}), f"{where}[{i}]")]
    if isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        wrong.append(f"{where}: {value!r} is out of bounds")
    return wrong


def _properties(value, schema, where):
    wrong = [f"{where}: {key} is missing" for key in schema.get("required", ()) if key not in value]
    for key, part in value.items():
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
        if inner is False:
            wrong.append(f"{where}: {key} is not described")
        elif isinstance(inner, dict):
            wrong += mismatches(part, inner, f"{where}.{key}")
    return wrong


def _is_type(value, names):
    names = [names] if isinstance(names, str) else names
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    for name in names:
        if name in ("number", "integer"):
            if isinstance(value, int if name == "integer" else (int, float)) and not isinstance(value, bool):
                return True
        elif isinstance(value, types[name]):
            return True
    return False
