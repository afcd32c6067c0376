"""What can go wrong on QGIS's side of the house, as types with data; ``messages`` turns them into sentences."""

from typing import Sequence

from ...models.errors import RasterUnreadable


class PluginError(Exception):
    """Root of the errors of ``plugin``; ``str()`` is an English line for the log."""


class LayerUnsupported(PluginError):
    """A layer whose pixels cannot be had; ``reason`` is a key of ``messages.UNSUPPORTED``."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Layer {name} cannot be used: {reason}")
        self.name, self.reason = name, reason


class AreaTooLarge(PluginError):
    """More pixels of a web layer than one question may fetch."""

    def __init__(self, name: str, pixels: int, limit: int) -> None:
        super().__init__(f"{name}: {pixels} pixels asked for, the limit is {limit}")
        self.name, self.pixels, self.limit = name, pixels, limit


class NoRegion(PluginError):
    """A web layer asked about as a whole, without a region."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no end; a region is needed")
        self.name = name


class DatesUnknown(PluginError):
    """Layers that cannot be put in order: ``names`` have no date, or all the date ``same`` (ISO 8601)."""

    def __init__(self, names: Sequence[str], same: str = "") -> None:
        super().__init__(f"{', '.join(names)}: " + (f"all of {same}" if same else "without a date"))
        self.names, self.same = tuple(names), same


class RasterChanged(PluginError):
    """The file of a raster is not what it was when it was looked at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has changed since it was looked at")
        self.name = name


class TargetUnwritable(PluginError):
    """A layer that takes no polygons; ``reason``: a key of ``messages.TARGETS``; ``other``: a layer in its way."""

    def __init__(self, name: str, reason: str, other: str = "") -> None:
        super().__init__(f"Layer {name} takes no polygons: {reason}")
        self.name, self.reason, self.other = name, reason, other


class ProjectClosed(PluginError):
    """The project a result belongs to is no longer the open one."""

    def __init__(self) -> None:
        super().__init__("The project was closed before the result arrived")


class ResultLost(PluginError):
    """A worker ended without a result and without an error."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} returned nothing")
        self.what = what


class ExportFailed(PluginError):
    """``kind``: a key of ``messages.EXPORT``; ``name``: the file's name without its folder; ``cause``: for the log."""

    def __init__(self, kind: str, name: str, cause: str = "") -> None:
        super().__init__(f"Export of {name} failed ({kind}): {cause}")
        self.kind, self.name, self.cause = kind, name, cause


class WebLayerUnreadable(RasterUnreadable):
    """Nothing of a web layer arrived; ``requests``: how many failed, 0 if unknown."""

    def __init__(self, name: str, requests: int) -> None:
        super().__init__(name, f"{requests} web requests failed")
        self.requests = requests
