"""Every text of the plugin can be translated, and the German translation is whole."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from qgis.PyQt.QtCore import QLocale, QTranslator

LANGUAGES = sorted(path.stem.split("_", 1)[1] for path in (Path(__file__).parents[2] / "i18n").glob("terralogue_*.ts"))


def messages(path: Path) -> dict:
    """{(context, source): translation or None} of everything in a ``.ts`` file."""
    return {
        (context.findtext("name"), message.findtext("source")): message.findtext("translation") or None
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def placeholders(text: str) -> list:
    return sorted(re.findall(r"\{(\w*)\}", text))


def test_german_is_among_the_languages():
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_plugin_is_in_the_file_and_nothing_else(translations, language):
    wanted = {(entry.context, entry.source) for entry in translations.collect()}
    assert set(messages(translations.FOLDER / f"terralogue_{language}.ts")) == wanted, "run `make i18n`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_the_translation(translations, language):
    for (_context, source), text in messages(translations.FOLDER / f"terralogue_{language}.ts").items():
        assert text is None or placeholders(text) == placeholders(source), source


def test_german_is_complete(translations):
    untranslated = [key for key, text in messages(translations.FOLDER / "terralogue_de.ts").items() if not text]
    assert untranslated == []


def test_the_texts_found_are_those_that_qt_s_own_tool_finds(translations, repository, tmp_path):
    """pylupdate5 gets the contexts wrong, but it must see no text that we miss."""
    tool = shutil.which("pylupdate5")
    assert tool, "`make setup` installs pyqt5-dev-tools"
    sources = [str(path) for path in sorted((repository / "plugin").rglob("*.py"))]
    subprocess.run([tool, *sources, "-ts", str(tmp_path / "all.ts")], check=True, capture_output=True, timeout=120)
    theirs = {source for _context, source in messages(tmp_path / "all.ts")}
    assert theirs == {entry.source for entry in translations.collect()}


def test_a_subclass_gets_the_texts_of_its_base_because_qt_asks_for_the_instance_s_class(translations, tmp_path):
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "tool.py").write_text(
        'class Tool(QObject):\n    def f(self):\n        self.tr("Draw")\n\n\nclass Lasso(Tool):\n    pass\n', encoding="utf-8"
    )
    assert {entry[:2] for entry in translations.collect(tmp_path / "plugin")} == {("Tool", "Draw"), ("Lasso", "Draw")}


@pytest.mark.parametrize("body", ["self.tr(name)", 'self.tr(f"{name}")', 'other.tr("text")'])
def test_a_text_that_cannot_be_looked_up_is_refused(translations, tmp_path, body):
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "bad.py").write_text(f"class A(QObject):\n    def f(self, name, other):\n        {body}\n", "utf-8")
    with pytest.raises(translations.Untranslatable):
        translations.collect(tmp_path / "plugin")


def test_an_austrian_qgis_finds_the_german_texts_of_the_zip(unpacked):
    """Loaded as plugin/main.py loads it, from the compiled file that users get."""
    translator = QTranslator()
    assert translator.load(QLocale("de_AT"), "terralogue", "_", str(unpacked / "terralogue" / "i18n"))
    assert translator.translate("Terralogue", "Water") == "Wasser"
    assert translator.translate("RectangleTool", "That shape encloses no area. Draw it again.").startswith("Diese Form")
    assert not QTranslator().load(QLocale("en_GB"), "terralogue", "_", str(unpacked / "terralogue" / "i18n"))
