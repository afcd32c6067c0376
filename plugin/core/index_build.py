"""Layers of the project as what an index is built from, and the build itself. Snapshots on the main thread."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Sequence

from qgis.core import QgsRasterLayer

from .errors import ExportFailed, LayerUnsupported
from .service import Service
from .snapshots import RasterFile, snapshot_layer

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.estimate import Estimate
    from ...models.retrieval.building import BuildReport, RasterInput

Progress = Callable[[float, str], None]


def files_of(layers: Sequence[QgsRasterLayer]) -> List[RasterFile]:
    """The files behind layers, with what the user told QGIS about them. Main thread.

    Raises LayerUnsupported for a layer that is no file: what a server shows changes under an index.
    """
    found = []
    for layer in layers:
        pixels = snapshot_layer(layer).pixels if layer.providerType() == "gdal" else None
        if not isinstance(pixels, RasterFile):
            raise LayerUnsupported(layer.name(), "no-file")
        found.append(pixels)
    return found


def input_of(file: RasterFile) -> "RasterInput":
    """A file to look at. Any thread."""
    from ...models.retrieval.building import RasterInput

    recipe: Dict[str, Any] = {"crs_wkt": file.crs_wkt}
    if file.roles:
        recipe["roles"] = [list(role) for role in file.roles]
    if file.time:
        recipe["time"] = file.time
    if file.nodata:
        recipe["nodata"] = [[part.band, repr(part.low), repr(part.high), *part.closed] for part in file.nodata]
    return RasterInput(file.path, file.name, file.open, recipe)


def inputs_of(index: Any) -> "List[RasterInput]":
    """What an open index was made of, where it is still there, to be looked at again."""
    return [again(record) for record in index.records() if Path(record.path).exists()]


def again(record: Any) -> "RasterInput":
    """What one record of an index was made of."""
    from .layer_pixels import NodataRange

    recipe = record.recipe
    nodata = tuple(
        NodataRange(int(band), float(low), float(high), (bool(first), bool(last)))
        for band, low, high, first, last in recipe.get("nodata", ()))
    if not nodata:
        from ...models.retrieval import inputs

        return inputs.again(record)
    roles = tuple((int(band), str(role)) for band, role in recipe.get("roles", ())) or None
    return input_of(RasterFile(record.path, record.name, recipe.get("crs_wkt", ""), roles, nodata, recipe.get("time")))


def build_index(
    service: Service, folder: Path, inputs: "Sequence[RasterInput]", progress: Progress, cancel: "CancelToken",
    anew: bool = False, batch: bool = False,
) -> "BuildReport":
    """Make the index in ``folder`` or bring it up to date. ``anew``: what is there is thrown away; ``batch``: questions of
    the panel go first. Worker. Raises as ``models.retrieval.building.build`` and ``TileIndex.open``; ExportFailed where
    the folder cannot be written.
    """
    engine = service.engine()
    embedder = (engine.batch if batch else engine).embedder()
    from ...models.retrieval.building import build
    from ...models.retrieval.index import FILE, TileIndex

    folder = Path(folder)
    try:
        if anew and (folder / FILE).exists():
            engine.indexes.set([known for known in engine.indexes.folders if known != folder])
            (folder / FILE).unlink()
        there = (folder / FILE).exists()
        index = TileIndex.open(folder, embedder) if there else TileIndex.create(folder, embedder)
        with index:
            return build(index, inputs, embedder, progress, cancel)
    except OSError as error:
        raise ExportFailed("read-only", folder.name, str(error)) from error


def estimate_index(service: Service, files: Sequence[RasterFile], cancel: "CancelToken") -> "Estimate":
    """What an index of ``files`` would cost. Worker. Raises RasterUnreadable, UnsupportedPixels."""
    engine = service.engine()
    embedder = engine.embedder()
    from ...models.retrieval.building import estimate

    grids = []
    for file in files:
        source = file.open(cancel)
        grids.append((source.grid, source.gsd))
        source.close()
    return estimate(grids, embedder, engine.estimate_glances(1).seconds)
