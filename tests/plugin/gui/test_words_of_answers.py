"""Who words an answer: chosen in the options with what the experts are asked for, told under every answer."""

import pytest
from qgis.PyQt.QtCore import Qt

from terralogue.models.language.prompting import EXPERTS
from terralogue.plugin import settings as user
from terralogue.plugin.gui.chat.voice_text import voice_text

REPORT = {
    "model": "sha256:abc", "sentences": 6, "supported": 4, "hedged": 1, "composed": 1, "rewrite_rate": 0.1667,
    "reasons": ["it says three boats, there are two"],
}


@pytest.fixture(autouse=True)
def _own_settings(qgis_app):
    yield
    for entry in (user.answer_words, *user.expert_requests.values()):
        entry.remove()


@pytest.fixture()
def page(qgis_app, tmp_path):
    """The options page over an empty profile."""
    from terralogue.plugin.core.service import Service
    from terralogue.plugin.gui.options_page import OptionsPage

    Service.replace(Service(cache=tmp_path / "cache", classes=tmp_path / "classes"))
    made = OptionsPage()
    yield made
    made.deleteLater()
    Service.replace(None)


def ask(panel, hand, text):
    hand.type(panel.composer.edit, text)
    hand.key(panel.composer.edit, Qt.Key.Key_Return)
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def test_the_experts_own_requests_are_shown_and_kept_as_no_setting(page):
    assert {name: edit.text() for name, edit in page.experts.edits.items()} == {one.name: one.request for one in EXPERTS}
    assert not page.experts.reset.isEnabled()
    page.apply()
    assert user.requests() == {}


def test_a_request_of_the_users_reaches_the_question_and_resets(page, hand, panel, service):
    page.experts.edits["objects"].setText("  Name every\tboat. ")
    page.apply()
    assert user.requests() == {"objects": "Name every boat."}
    ask(panel, hand, "Describe this")
    assert service.script.asked[-1].expert_requests == {"objects": "Name every boat."}
    assert page.experts.reset.isEnabled()
    page.experts.reset.click()
    page.apply()
    ask(panel, hand, "Describe this")
    assert service.script.asked[-1].expert_requests == {}


def test_an_emptied_request_is_the_experts_own_again(page):
    page.experts.edits["theme"].setText("")
    page.apply()
    assert user.requests() == {}


def test_sentences_are_composed_until_the_models_words_are_chosen_in_the_options(page, tmp_path):
    from terralogue.plugin.core.service import Service

    assert page.words.currentData() == "composed"
    made = []
    service = Service(cache=tmp_path / "other", nano=object())
    service.engine = lambda: made.append(1)
    assert service.assistant()._speaking is False
    page.words.setCurrentIndex(page.words.findData("model"))
    page.apply()
    assert service.assistant()._speaking is True


@pytest.mark.parametrize(("voice", "told"), [
    (REPORT, "Language model sha256:abc: 4 of 6 sentences supported by what was measured; 1 said with a reservation; "
             "1 composed in their place (17 %); it says three boats, there are two"),
    ("composed sentences (the decoder's files are missing)", "Composed sentences: the language model's files are missing"),
    ("composed sentences (of the decoder, x.npz is missing)", "Composed sentences: of the decoder, x.npz is missing"),
    ({"model": None, "sentences": "many", "composed": -3, "reasons": {"a": 1}}, "Language model"),
    (["x"], ""),
])
def test_what_worded_an_answer_is_told_in_words(qgis_app, voice, told):
    assert voice_text(voice) == told


def test_it_stands_under_the_answer(qgis_app):
    from qgis.PyQt.QtWidgets import QLabel

    from terralogue.plugin.gui.chat.provenance import Provenance

    provenance = Provenance({"model": "Nano", "voice": REPORT, "taken": {"dwellings": "buildings"}})
    shown = [label.text() for label in provenance.findChildren(QLabel)]
    assert "Understood as" in shown and "dwellings → buildings" in shown
    assert "Worded by" in shown and any(text.startswith("Language model sha256:abc: 4 of 6") for text in shown)
