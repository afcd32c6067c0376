"""metadata.txt against the rules of the plugin site's validator."""

import configparser
import re
import struct
from pathlib import Path

import pytest

REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository")


@pytest.fixture(scope="module")
def general(repository: Path) -> dict:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(repository / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])


@pytest.mark.parametrize("key", REQUIRED)
def test_every_required_key_has_a_value(general, key):
    assert general[key].strip()


def test_both_qgis_generations_are_declared(general):
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "supportsQt6" not in general  # has no effect any more and is rejected by reviewers


def test_the_version_is_strictly_numeric_because_the_site_compares_it_as_text(general):
    assert re.fullmatch(r"\d+\.\d+\.\d+", general["version"])


@pytest.mark.parametrize("key", ["description", "about", "changelog"])
def test_no_html(general, key):
    assert not re.search(r"</?\w+[^>]*>|&\w+;", general[key])


def test_the_name_does_not_say_plugin(general):
    assert "plugin" not in general["name"].lower()


@pytest.mark.parametrize("key", ["tracker", "repository", "homepage"])
def test_links_are_https(general, key):
    assert re.fullmatch(r"https://\S+", general[key])


def test_python_packages_are_named_in_about_because_plugin_dependencies_means_plugins(general):
    assert "onnxruntime" in general["about"]
    assert "plugin_dependencies" not in general


def test_the_icon_is_a_square_png(general, repository):
    data = (repository / general["icon"]).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == height >= 64


def test_version_is_in_both_changelogs(general, repository):
    assert general["version"] in general["changelog"]
    assert "## [" in (repository / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_the_whole_gpl_2(repository):
    text = (repository / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text and "Version 2, June 1991" in text and len(text) > 17000
