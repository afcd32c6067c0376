"""Lets ``pip install .`` install the repository root as the package ``terralogue``; see pyproject.toml for the rest."""

import configparser
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).resolve().parent


def version() -> str:
    """The one version there is: that of metadata.txt."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


setup(
    version=version(),
    package_dir={"terralogue": "."},
    packages=["terralogue", *("terralogue." + p for p in find_packages(".", include=["models*", "plugin*"]))],
    package_data={
        "terralogue": ["metadata.txt", "resources/**/*", "i18n/*", "docs/*.json"],
        "terralogue.plugin.environment": ["locks/*.txt"],
    },
)
