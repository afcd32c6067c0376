"""The built zip, unpacked once, for every test that looks at what users get."""

import importlib.util
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def package_zip(repository: Path, tmp_path_factory) -> Path:
    """The plugin zip of HEAD."""
    spec = importlib.util.spec_from_file_location("build_package", repository / "tests" / "package" / "build_package.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build(tmp_path_factory.mktemp("zip") / "terralogue.zip")


@pytest.fixture(scope="session")
def unpacked(package_zip: Path, tmp_path_factory) -> Path:
    """A plugins folder with the package unpacked in it, as QGIS's installer would leave it."""
    plugins = tmp_path_factory.mktemp("plugins")
    with zipfile.ZipFile(package_zip) as package:
        package.extractall(plugins)
    return plugins
