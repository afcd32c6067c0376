"""The built zip, unpacked once, for every test that looks at what users get; and the tools that make it."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def package_zip(tmp_path_factory) -> Path:
    """The plugin zip of HEAD, made as `make package` makes it."""
    target = tmp_path_factory.mktemp("zip") / "terralogue.zip"
    subprocess.run([sys.executable, str(HERE / "build_package.py"), str(target)], check=True, timeout=120)
    return target


@pytest.fixture(scope="session")
def unpacked(package_zip: Path, tmp_path_factory) -> Path:
    """A plugins folder with the package unpacked in it, as QGIS's installer would leave it."""
    plugins = tmp_path_factory.mktemp("plugins")
    with zipfile.ZipFile(package_zip) as package:
        package.extractall(plugins)
    return plugins


@pytest.fixture(scope="session")
def translations():
    """The module behind `make i18n`."""
    spec = importlib.util.spec_from_file_location("update_translations", HERE / "update_translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
