"""The README is the first thing a newcomer reads: what it names must be there."""

import re
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def test_every_link_to_a_file_leads_to_one(readme, repository):
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in target]
    assert "docs/panel.png" in targets
    assert [target for target in targets if not (repository / target).is_file()] == []


def test_every_make_target_exists(readme, repository):
    rules = set(re.findall(r"^([a-z][a-z0-9-]*):", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) + re.findall(r"`(make [^`]+)`", readme)
    named = {name for text in code for name in re.findall(r"make (?:-s )?([a-z][a-z0-9-]*)", text)}
    assert {"run", "test"} <= named
    assert named <= rules


def test_the_file_map_names_what_is_there(readme, repository):
    paths = re.findall(r"^\| `([^`]+)` \| ", readme.split("## Where things are")[1].split("| command")[0], re.MULTILINE)
    assert len(paths) >= 10
    assert [path for path in paths if not (repository / path).is_dir()] == []


def test_the_algorithms_it_names_exist(readme, repository):
    provider = (repository / "plugin" / "processing" / "provider.py").read_text(encoding="utf-8")
    for name in re.findall(r"terralogue:([a-z]+)", readme):
        assert f"{name}algorithm," in provider.lower()
