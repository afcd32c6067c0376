"""That everybody can use the panel: narrow, by keyboard, with a screen reader, right to left, in the dark."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from terralogue.models.errors import NothingToAnalyse
from terralogue.plugin.gui.chat.question_bubble import QuestionBubble


def answered(panel, hand):
    panel.conversation.ask("How many buildings?")
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def test_every_control_without_text_has_an_accessible_name(panel, hand):
    answered(panel, hand)
    silent = [
        widget.objectName() or type(widget).__name__
        for kind in (QAbstractButton, QComboBox)
        for widget in panel.findChildren(kind)
        if widget.isVisibleTo(panel)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert silent == []


def test_the_panel_fits_into_260_pixels(panel, hand):
    exchange = answered(panel, hand)
    panel.resize(260, 600)
    hand.wait(50)
    assert panel.width() == 260
    card = exchange.card
    assert card.mapTo(panel, card.rect().topRight()).x() <= 260
    outside = [
        type(widget).__name__
        for widget in card.actions.findChildren(QAbstractButton)
        if widget.isVisibleTo(panel) and widget.mapTo(panel, widget.rect().topRight()).x() > 260
    ]
    assert outside == []
    panel.source_bar.compare.click()
    hand.until(lambda: panel.minimumSizeHint().width() <= 260)


def test_no_line_of_an_answer_is_cut_whatever_the_width(panel, hand, service):
    from terralogue.models.conversation import Text

    service.script.events = [Text("12 houses stand along the road, most of them in the north-west of the region. " * 4)]
    good = answered(panel, hand).card.text
    service.script.error = NothingToAnalyse("a raster with quite a long name")
    bad = answered(panel, hand).card.text
    for width in (460, 260, 340, 300):
        panel.resize(width, 600)
        for text in (good, bad):
            hand.until(lambda text=text: text.height() >= text.document().size().height(), 30)
            assert text.document().textWidth() <= text.viewport().width()


def test_tab_reaches_source_tools_and_send_in_order(panel, hand):
    order, widget = [], panel.source_bar.box
    for _ in range(60):
        order.append(widget)
        widget = widget.nextInFocusChain()
    tabbed = [w for w in order if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(panel)]
    places = [tabbed.index(w) for w in (panel.source_bar.box, panel.composer.edit)]
    assert places == sorted(places)
    assert panel.region_bar.buttons["rectangle"] in tabbed


def test_escape_in_the_question_gives_the_focus_to_the_map(panel, canvas, hand):
    gone = []
    panel.composer.left.connect(lambda: gone.append(True))
    hand.key(panel.composer.edit, Qt.Key.Key_Escape)
    assert gone == [True]


def test_right_to_left_mirrors_the_buttons(panel, hand):
    exchange = answered(panel, hand)
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    hand.wait(50)
    actions = exchange.card.actions
    assert actions.add_button.x() > actions.export_button.x()


def lightness(widget):
    """(darkest, lightest) of the pixels, 0 to 255: on a dark ground, that of the ground and that of the text."""
    picture = widget.grab().toImage()
    found = {picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())}
    return min(found), max(found)


def test_text_stays_readable_in_a_dark_palette(panel, hand):
    before = QApplication.palette()
    dark = QPalette(QColor(40, 40, 40))
    dark.setColor(QPalette.ColorRole.Base, QColor(25, 25, 25))
    dark.setColor(QPalette.ColorRole.Text, QColor(235, 235, 235))
    dark.setColor(QPalette.ColorRole.WindowText, QColor(235, 235, 235))
    QApplication.setPalette(dark)
    try:
        exchange = answered(panel, hand)
        hand.wait(50)
        picture = exchange.card.grab().toImage()
        assert picture.pixelColor(picture.width() // 2, 4).lightness() < 80
        for widget, least in ((panel.region_bar.label, 120), (panel.findChildren(QuestionBubble)[-1], 200)):
            darkest, lightest = lightness(widget)
            assert darkest < 80 and lightest > least
    finally:
        QApplication.setPalette(before)


def test_no_window_of_the_panel_is_left_open(panel, hand):
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    answered(panel, hand)
    after = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and isinstance(widget, QWidget)}
    assert after == before
