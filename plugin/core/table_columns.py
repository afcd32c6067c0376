"""Columns of tables as QGIS has them."""

from typing import Sequence, Tuple

from qgis.core import QgsField, QgsFields
from qgis.PyQt.QtCore import QVariant

#: Name and type.
Columns = Sequence[Tuple[str, "QVariant.Type"]]


def fields_of(columns: Columns) -> QgsFields:
    """One field per column, in their order."""
    fields = QgsFields()
    for name, variant in columns:
        fields.append(QgsField(name, variant))
    return fields
