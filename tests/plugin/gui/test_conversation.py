"""The panel from question to layer and back, on a real canvas, with the keyboard and the mouse."""

from qgis.PyQt.QtCore import Qt


def ask(panel, hand, text="How many buildings are there?"):
    hand.type(panel.composer.edit, text)
    hand.key(panel.composer.edit, Qt.Key.Key_Return)


def answered(panel, hand):
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def test_enter_sends_and_the_answer_streams_into_a_card(panel, hand):
    ask(panel, hand)
    exchange = answered(panel, hand)
    assert exchange.answer == "There are two buildings here."
    assert exchange.card.objects.topLevelItemCount() == 2
    assert panel.composer.edit.toPlainText() == ""
    assert "building" in exchange.card.tsv().lower()
