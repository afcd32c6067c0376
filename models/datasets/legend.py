"""What a user calls the classes of a layer: "1=road; wood=tree", and classes as kinds that sentences can count."""

import math
import re
from typing import Dict, Optional, Tuple

from ..language.changechat import Kind
from . import naming

#: Written for a class that is to be left out.
LEFT_OUT = ("-", "none", "ignore")


class Legend:
    """Names by value of an attribute or code, compared without capitals and outer blanks. "7" and "7.0" are one value."""

    def __init__(self, text: str = "") -> None:
        """``text``: pairs apart by semicolons, commas or line breaks. Raises ValueError with the pair that is none."""
        self._names: Dict[str, str] = {}
        for pair in filter(None, (part.strip() for part in re.split(r"[;,\n]", text))):
            value, sign, name = (part.strip() for part in pair.partition("="))
            if not sign or not value or not name:
                raise ValueError(pair)
            self._names[_plain(value)] = name

    def __bool__(self) -> bool:
        return bool(self._names)

    @property
    def names(self) -> Tuple[str, ...]:
        """Every name but those of what is left out, once each."""
        return tuple(dict.fromkeys(name for name in self._names.values() if name.lower() not in LEFT_OUT))

    def __contains__(self, value: object) -> bool:
        return _plain(value) in self._names

    def of(self, value: object, label: Optional[str] = None) -> Optional[str]:
        """The name of ``value``, else of its ``label``, else the label itself; "" for what is left out, None: unknown."""
        for known in (value, label):
            if known is not None and _plain(known) in self._names:
                name = self._names[_plain(known)]
                return "" if name.lower() in LEFT_OUT else name
        return label


def kind_of(label: str) -> Kind:
    """A class as ChangeChat's sentences count it. Raises ValueError for a name they could not be read back with."""
    words = " ".join(label.lower().replace("_", " ").split())
    return Kind(naming.one(words), naming.many(words))


def _plain(value: object) -> str:
    text = " ".join(str(value).lower().split())
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if math.isfinite(number) and number == int(number) else text
