"""The QGIS tests' fixtures, for the faults that need QGIS; without QGIS only the others run."""

import importlib.util
from pathlib import Path

if importlib.util.find_spec("qgis") is not None:
    _spec = importlib.util.spec_from_file_location(
        "terralogue_qgis_fixtures", Path(__file__).resolve().parents[1] / "plugin" / "conftest.py"
    )
    _module = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(_module)

    finish = _module.finish
    log_lines = _module.log_lines
    noise = _module.noise
    project = _module.project
    raster = _module.raster
    spin_until = _module.spin_until
    tile_server = _module.tile_server
else:
    collect_ignore = ["test_tasks.py", "test_export.py"]
