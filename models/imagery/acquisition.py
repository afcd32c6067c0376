"""When an image was taken, from file tags or the file name; never from the file's modification time."""

import re
from datetime import datetime
from typing import Dict, Optional, Tuple

from .source import AcquisitionTime

_TAGS: Tuple[str, ...] = (
    "ACQUISITIONDATETIME",
    "ACQUISITION_DATE",
    "TIFFTAG_DATETIME",
    "EXIF_DateTimeOriginal",
    "EXIF_DateTime",
    "DATE_ACQUIRED",
    "SENSING_TIME",
    "datetime",
)
_FORMATS: Tuple[str, ...] = (
    "%Y:%m:%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y:%m:%d",
    "%Y/%m/%d",
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d{3,5}(?!\d))(?:T(\d{6}))?")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def acquisition_time(tags: Dict[str, str], file_name: str) -> Optional[AcquisitionTime]:
    """ISO 8601 time with its basis, "tags" before "file name"; None if neither says.

    A name gives what it holds: 2019, 2019-08 or 2019-08-21. The basis "file name" is a guess and is shown as one.
    """
    for tag in _TAGS:
        found = _parse(tags.get(tag, ""))
        if found:
            return AcquisitionTime(found, "tags")
    found = _from_name(file_name)
    return AcquisitionTime(found, "file name") if found else None


def _parse(text: str) -> str:
    text = text.strip().rstrip("Z")
    for form in _FORMATS:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        if not 1900 <= found.year <= 2100:
            return ""
        return found.date().isoformat() if "%H" not in form else found.replace(microsecond=0).isoformat()
    return ""


def _from_name(name: str) -> str:
    day = _DAY.search(name)
    if day:
        return _parse("-".join(day.group(1, 3, 4)))
    month = _MONTH.search(name)
    if month:
        return "-".join(month.groups())
    year = _YEAR.search(name)
    return year.group(1) if year else ""
