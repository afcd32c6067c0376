"""Imports the plugin and calls initGui in a fresh QGIS; prints what that took and brought along as JSON.

    python tests/plugin/gui/load_plugin.py ROOT
"""

import json
import os
import sys
import time
from pathlib import Path

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas

#: What only a question may load.
HEAVY = ("onnxruntime", "torch", "rasterio", "shapely", "affine", "transformers")


def main(root: Path) -> None:
    """Everything QGIS itself has loaded before any plugin is loaded first, and not counted."""
    app = QgsApplication([], True)
    app.initQgis()
    sys.path.append(QgsApplication.pkgDataPath() + "/python/plugins")
    import processing  # noqa: F401 - QGIS desktop has loaded it before other plugins

    sys.path.insert(0, str(root / "build" / "plugins"))
    sys.path.append(str(Path(__file__).parent))
    from main_window import Window

    window = Window(QgsMapCanvas())
    known = set(sys.modules)
    start = time.perf_counter()
    import terralogue

    plugin = terralogue.classFactory(window)
    imported = time.perf_counter()
    plugin.initGui()
    done = time.perf_counter()
    print(
        json.dumps(
            {
                "ms": 1000 * (done - start),
                "import_ms": 1000 * (imported - start),
                "heavy": [name for name in HEAVY if name in sys.modules],
                "modules": len(set(sys.modules) - known),
            }
        ),
        flush=True,
    )
    plugin.unload()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
