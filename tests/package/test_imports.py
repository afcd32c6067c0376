"""The direction of dependency and the weight of start-up, held by machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: A violation of each rule: the file it is planted in and the line that breaks it.
VIOLATIONS = {
    "models import Qt": ("models/cancel.py", "from qgis.PyQt.QtCore import QObject"),
    "models import the plugin": ("models/cancel.py", "from ..plugin import settings"),
    "core imports gui": ("plugin/core/__init__.py", "from ..gui import nothing"),
    "rasterio outside the backends": ("models/imagery/grid.py", "import rasterio"),
    "shapely inside QGIS": ("plugin/core/__init__.py", "import shapely"),
    "shipped code needs training": ("models/cancel.py", "from .training import splits"),
    "shipped code that the plugin never calls needs training": ("models/evaluate.py", "from .training import splits"),
    "environment imports numpy": ("plugin/environment/paths.py", "import numpy"),
    "PyQt5 by name": ("plugin/core/__init__.py", "from PyQt5.QtCore import QObject"),
}


def _lint(checkout: Path) -> subprocess.CompletedProcess:
    import grimp

    plugins = checkout / "build" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    if not (plugins / "terralogue").exists():
        (plugins / "terralogue").symlink_to(checkout)
    code = (
        f"import sys; sys.path[:0] = [{str(plugins)!r}]; sys.path.append({str(Path(grimp.__file__).parent.parent)!r})\n"
        "from importlinter.cli import lint_imports\n"
        "sys.exit(lint_imports(no_cache=True))"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def checkout(repository, tmp_path) -> Path:
    """A copy of the sources that a test may damage."""
    ignore = shutil.ignore_patterns("__pycache__", "*.onnx", "*.pyc")
    for folder in ("models", "plugin"):
        shutil.copytree(repository / folder, tmp_path / folder, ignore=ignore)
    for name in ("__init__.py", "pyproject.toml"):
        shutil.copy(repository / name, tmp_path)
    return tmp_path


def test_the_contracts_hold_on_the_sources_as_they_are(checkout):
    done = _lint(checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_planted_violation_is_caught(checkout, violation):
    name, line = VIOLATIONS[violation]
    path = checkout / name
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = _lint(checkout)
    assert done.returncode != 0, f"{violation} went unnoticed:\n{done.stdout}"
    assert "BROKEN" in done.stdout


def test_starting_up_imports_nothing_heavy(repository):
    """QGIS imports every plugin at start: what is not needed for a menu entry must wait for its first use."""
    code = f"""
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("terralogue", {str(repository / "__init__.py")!r},
                                              submodule_search_locations=[{str(repository)!r}])
package = importlib.util.module_from_spec(spec)
sys.modules["terralogue"] = package
import qgis.core
before = set(sys.modules)
spec.loader.exec_module(package)
package.classFactory(None)
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout.splitlines()[-1])
    heavy = {"numpy", "onnxruntime", "torch", "rasterio", "shapely", "osgeo", "affine", "scipy", "PIL", "google"}
    assert not heavy & {name.split(".")[0] for name in loaded}
    assert "terralogue.plugin.main" in loaded
    assert not [name for name in loaded if name.startswith(("terralogue.models", "terralogue.plugin.gui"))]
