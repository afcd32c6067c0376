"""Whether what a base quotes is still so: layers and documents may have been edited, or be gone, since it was built."""

from pathlib import Path
from typing import Any, Dict

from qgis.core import QgsFeatureRequest, QgsVectorLayer

from .knowledge_layers import layer_of, plain_of
from .messages import tr

#: Features of one citation that are looked at again.
_LOOKED = 20


def state_of(citation: Dict[str, Any]) -> str:
    """A phrase for what has changed since a citation (``Citation.record()``) was indexed, "" if nothing. Main thread."""
    if citation.get("kind") == "document":
        return "" if Path(str(citation.get("key"))).is_file() else tr("the document is no longer there")
    layer = layer_of(str(citation.get("key")))
    if layer is None:
        return tr("the layer is not in this project")
    fids = [int(fid) for fid in citation.get("fids") or [] if str(fid).lstrip("-").isdigit()][:_LOOKED]
    if not fids:
        return ""
    request = QgsFeatureRequest().setFilterFids(fids)
    found = {feature.id(): feature for feature in layer.getFeatures(request)}
    if len(found) < len(fids):
        return tr("the feature is no longer there")
    said = _quoted(str(citation.get("text") or ""), layer)
    for feature in found.values():
        for name, text in said.items():
            if not text.startswith(_said(feature[name]) or "\0"):
                return tr("edited since the base was built")
    return ""


def _quoted(text: str, layer: QgsVectorLayer) -> Dict[str, str]:
    """By column of ``layer``, the value that a citation of the form "roof material: tin" quotes."""
    from ...models.knowledge.wording import column_of

    words, colon, value = text.partition(": ")
    if not colon:
        return {}
    names = [field.name() for field in layer.fields() if column_of(field.name()).words == words]
    return {names[0]: value} if len(names) == 1 else {}


def _said(value: Any) -> str:
    from ...models.knowledge.wording import said

    return said(plain_of(value))
