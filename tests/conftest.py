"""Makes the checkout importable as ``terralogue``, whatever its folder is called, with the packages a user would have.

The packages of the groups core, headless and training are appended to ``sys.path`` by the plugin's own
``plugin/environment``; where a group was not installed that way, ``build/sites/<group>`` is used if it is there.
"""

import importlib
import importlib.util
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TERRALOGUE_PACKAGES", str(ROOT / "build"))


if os.environ.get("TERRALOGUE_TESTS") == "models":
    # `make test-models`: models/ must work where there is no QGIS, so here an import of it fails.
    sys.modules.update(dict.fromkeys(("qgis", "PyQt5", "PyQt6")))


def _import_package() -> None:
    if "terralogue" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "terralogue", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["terralogue"] = module
    spec.loader.exec_module(module)


def _activate(group: str) -> None:
    environment = None
    if (ROOT / "plugin" / "environment" / "__init__.py").exists():
        environment = importlib.import_module("terralogue.plugin.environment")
        if environment.activate(group).path:
            return
    folder = ROOT / "build" / "sites" / group
    if folder.is_dir() and str(folder) not in sys.path:
        sys.path.append(str(folder))
        importlib.invalidate_caches()


_import_package()
for _group in ("core", "headless", "training"):
    _activate(_group)


def pytest_collection_modifyitems(items):
    """Tests marked ``torch`` are skipped, and say so, where torch is not installed."""
    if importlib.util.find_spec("torch") is not None:
        return
    skip = pytest.mark.skip(reason="torch is not installed: run `make setup-training` with a CPU wheel at hand")
    for item in items:
        if "torch" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT
