"""An index as GeoParquet 1.1, one row a tile: what data engines read. Needs pyarrow, which is nobody's dependency here."""

import json
import os
import uuid
from pathlib import Path

import numpy as np

from ..errors import RuntimeMissing, StorageFull
from .geopackage import polygon
from .index import TileIndex

#: Rows of one group.
_ROWS = 20_000


def write_parquet(index: TileIndex, path: Path) -> Path:
    """Columns: geometry (WKB, longitude and latitude), source, path, time, gsd, col, row, width, height, vector (half floats).

    As a whole or not at all. Raises RuntimeMissing without pyarrow, StorageFull.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise RuntimeMissing("pyarrow") from error
    about = {
        "version": "1.1.0", "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Polygon"]}}}
    schema = pyarrow.schema(
        [("geometry", pyarrow.binary()), ("source", pyarrow.string()), ("path", pyarrow.string()), ("time", pyarrow.string()),
         ("gsd", pyarrow.float64()), ("col", pyarrow.int64()), ("row", pyarrow.int64()), ("width", pyarrow.int64()),
         ("height", pyarrow.int64()), ("vector", pyarrow.list_(pyarrow.float16(), index.dim))],
        metadata={"geo": json.dumps(about), "model": index.model, "digest": index.digest})
    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        with parquet.ParquetWriter(draft, schema) as writer:
            for record in index.records():
                tiles, ids = index.kept(record.id)
                for start in range(0, len(tiles), _ROWS):
                    some = tiles[start:start + _ROWS]
                    vectors = index.vectors.read(ids[start:start + _ROWS] - 1).astype(np.float16)
                    # A GeoPackage geometry is a head of 40 bytes before the WKB.
                    shapes = [None if shape is None else shape[40:] for shape in (polygon(t.ring.tolist()) for t in some)]
                    count = len(some)
                    columns = [shapes, [record.name] * count, [record.path] * count, [record.time] * count,
                               [tile.gsd for tile in some], *([getattr(tile.window, side) for tile in some] for side in
                                                              ("col", "row", "width", "height"))]
                    flat = pyarrow.array(vectors.ravel())
                    arrays = [pyarrow.array(column, kind.type) for column, kind in zip(columns, schema)]
                    arrays.append(pyarrow.FixedSizeListArray.from_arrays(flat, index.dim))
                    writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        os.replace(draft, path)
    except OSError as error:
        raise StorageFull(index.vectors.rows * index.dim * 2, 0) from error
    finally:
        draft.unlink(missing_ok=True)
    return path
