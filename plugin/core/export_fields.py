"""What each file format does to field names, types and values, done by us and said, instead of silently by GDAL."""

import re
from typing import Any, Dict, List, Tuple

from qgis.core import NULL, QgsField, QgsFields
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QVariant

from .messages import tr

#: Ten-character names for the fields this plugin makes.
ALIASES = {
    "label": "label",
    "from": "from",
    "to": "to",
    "score": "score",
    "pixels": "pixels",
    "area_m2": "area_m2",
    "model": "model",
    "source": "source",
    "time": "time",
    "caption": "caption",
    "facts": "facts",
    "answer": "answer",
    "change_fraction": "chg_frac",
    "change_class_name": "chg_class",
    "perimeter_m": "perim_m",
    "first_change": "first_chg",
}
SHAPEFILE_TEXT = 254
#: A dBase number field holds 18 digits, and most readers take it for a double from 2⁵³ on.
EXACT_INTEGER = 2**53


def shapefile_names(names: List[str]) -> List[str]:
    """Names of at most 10 ASCII characters, unique regardless of case; known ones by :data:`ALIASES`."""
    taken: Dict[str, None] = {}
    short = []
    for name in names:
        plain = ALIASES.get(name) or re.sub(r"[^0-9A-Za-z_]", "_", name)[:10] or "field"
        unique, count = plain, 1
        while unique.lower() in taken:
            count += 1
            unique = plain[: 10 - len(str(count)) - 1] + "_" + str(count)
        taken[unique.lower()] = None
        short.append(unique)
    return short


class FieldMapping:
    """Maps the attributes of a layer to those of a file; ``losses()`` says afterwards what did not survive.

    ``driver``: "GPKG", "ESRI Shapefile", "GeoJSON" or "FlatGeobuf".
    """

    def __init__(self, fields: QgsFields, driver: str) -> None:
        self._driver = driver
        self._source = [QgsField(field) for field in fields]
        self._counts: Dict[Tuple[str, str], int] = {}
        names = [field.name() for field in self._source]
        self._names = shapefile_names(names) if driver == "ESRI Shapefile" else self._free_names(names)
        self.fields = QgsFields()
        for field, name in zip(self._source, self._names):
            self.fields.append(self._target(field, name))

    def _free_names(self, names: List[str]) -> List[str]:
        """GeoPackage keeps ``fid`` and ``geom`` for itself; a field of that name is renamed, not dropped."""
        if self._driver != "GPKG":
            return names
        taken = {name.lower() for name in names}
        renamed = []
        for name in names:
            new = name
            while new.lower() in ("fid", "geom") or (new != name and new.lower() in taken):
                new += "_1"
            renamed.append(new)
        return renamed

    def _target(self, field: QgsField, name: str) -> QgsField:
        kind = field.type()
        if self._driver == "ESRI Shapefile":
            if kind in (QVariant.LongLong, QVariant.ULongLong):
                return QgsField(name, QVariant.LongLong, len=18)
            if kind in (QVariant.Int, QVariant.UInt):
                return QgsField(name, QVariant.Int, len=10)
            if kind == QVariant.Bool:
                return QgsField(name, QVariant.Int, len=1)
            if kind == QVariant.Double:
                return QgsField(name, QVariant.Double, len=23, prec=15)
            if kind == QVariant.Date:
                return QgsField(name, QVariant.Date)
            return QgsField(name, QVariant.String, len=SHAPEFILE_TEXT)
        if kind == QVariant.ULongLong or kind == QVariant.UInt:
            return QgsField(name, QVariant.LongLong)
        plain = (
            QVariant.Int,
            QVariant.LongLong,
            QVariant.Double,
            QVariant.Bool,
            QVariant.Date,
            QVariant.DateTime,
        )
        return QgsField(name, kind if kind in plain else QVariant.String)

    def attributes(self, values: List[Any]) -> List[Any]:
        """One row for the file; what is lost in it is counted."""
        return [self._value(value, place) for place, value in enumerate(values[: len(self._source)])]

    def _value(self, value: Any, place: int) -> Any:
        if value is None or value == NULL:
            return NULL
        name, target = self._source[place].name(), self.fields.at(place)
        if target.type() == QVariant.String:
            text = _text(value)
            if self._driver == "ESRI Shapefile" and len(text.encode("utf-8")) > SHAPEFILE_TEXT:
                self._count(name, "text")
                text = text.encode("utf-8")[:SHAPEFILE_TEXT].decode("utf-8", "ignore")
            return text
        if target.type() in (QVariant.Int, QVariant.LongLong):
            number = int(value)
            if self._driver == "ESRI Shapefile" and abs(number) > EXACT_INTEGER:
                self._count(name, "integer")
            return number
        return value

    def _count(self, name: str, what: str) -> None:
        self._counts[(name, what)] = self._counts.get((name, what), 0) + 1

    def losses(self) -> List[str]:
        """Translated sentences: renamed fields, changed types, cut values."""
        found = []
        for field, target in zip(self._source, self.fields):
            if field.name() != target.name():
                found.append(tr("Field “{old}” is called “{new}”.").format(old=field.name(), new=target.name()))
            if target.type() == QVariant.String and field.type() != QVariant.String:
                found.append(tr("Field “{name}” is stored as text.").format(name=field.name()))
            if field.type() == QVariant.Bool and target.type() != QVariant.Bool:
                found.append(tr("Field “{name}” is stored as 0 and 1.").format(name=field.name()))
        for (name, what), count in sorted(self._counts.items()):
            if what == "text":
                found.append(
                    tr("{count} texts of “{name}” were cut to 254 bytes.").format(count=count, name=name)
                )
            else:
                found.append(
                    tr("{count} numbers of “{name}” have more digits than a Shapefile keeps exactly.").format(
                        count=count, name=name
                    )
                )
        return found


def _text(value: Any) -> str:
    if isinstance(value, (QDateTime, QDate, QTime)):
        return value.toString(Qt.DateFormat.ISODateWithMs if isinstance(value, QDateTime) else Qt.DateFormat.ISODate)
    if isinstance(value, (list, tuple, dict)):
        import json

        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
