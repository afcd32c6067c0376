"""Settings: declared once, with defaults that a damaged settings file cannot break."""

import re

from qgis.core import QgsSettings

from terralogue.plugin import settings


def test_keys_are_unique_kebab_case_and_described(qgis_app):
    keys = [entry.key().split("/")[-1] for entry in settings.ENTRIES]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in keys)
    assert all(entry.description() for entry in settings.ENTRIES)
    assert all("terralogue" in entry.key() for entry in settings.ENTRIES)


def test_values_of_the_wrong_kind_fall_back_to_the_default(qgis_app):
    for entry, wrong in ((settings.answer_detail, "everything"), (settings.long_run_seconds, "soon")):
        QgsSettings().setValue(entry.key(), wrong)
    try:
        assert settings.choice(settings.answer_detail, ("brief", "detailed")) == "brief"
        assert settings.within(settings.long_run_seconds, 1, 86_400) == 10
    finally:
        for entry in settings.ENTRIES:
            entry.remove()


def test_a_value_is_kept(qgis_app):
    settings.answer_detail.setValue("detailed")
    try:
        assert settings.choice(settings.answer_detail, ("brief", "detailed")) == "detailed"
    finally:
        settings.answer_detail.remove()


def test_core_and_processing_touch_settings_only_through_their_module(repository):
    for folder in ("core", "processing"):
        for path in (repository / "plugin" / folder).rglob("*.py"):
            assert not re.search(r"\bQ(gs)?Settings\b", path.read_text(encoding="utf-8")), path
