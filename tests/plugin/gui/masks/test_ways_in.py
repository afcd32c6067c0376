"""How one comes to pointing, and from it to more: the button, an answer's object, and all that is like what was taken."""

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

from terralogue.plugin.gui.chat.object_list import ObjectList
from terralogue.plugin.gui.masks.more_alike import find_alike


def test_the_button_in_the_region_row_begins_and_ends_pointing(panel, canvas):
    button = panel.region_bar.layout().itemAt(panel.region_bar.layout().count() - 1).widget()
    assert button.defaultAction() is panel.pointing.action and button.accessibleName()
    panel.pointing.engines.choices = lambda: [("nano", "Nano")]
    button.click()
    assert panel.pointing.active and not panel.pointing.bar.isHidden() and button.isChecked()
    button.click()
    assert not panel.pointing.active and panel.pointing.bar.isHidden() and not button.isChecked()


def test_everything_on_the_bar_has_a_name_and_is_reached_by_keys(panel):
    from qgis.PyQt.QtCore import Qt

    bar = panel.pointing.bar
    for widget in (*bar.buttons.values(), bar.engine, bar.label, bar.target, bar.progress, bar.status):
        assert widget.accessibleName()
    for widget in (*bar.buttons.values(), bar.engine, bar.label, bar.target):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_without_packages_the_panel_offers_to_install_them(panel, service):
    service.state = (False, "The package is missing.", "install")
    panel.pointing.action.trigger()
    assert not panel.pointing.active and not panel.pointing.action.isChecked()


def test_an_object_of_an_answer_is_handed_to_pointing(panel, hand, service):
    refined = []
    panel.pointing.refine = lambda *given: refined.append(given)
    panel.composer.fill("How many buildings are there?")
    panel.conversation.ask("How many buildings are there?")
    hand.until(lambda: not panel.session.running)
    (listed,) = panel.chat.findChildren(ObjectList)
    (action,) = listed.actions()
    action.trigger()
    assert refined == [], "no object is chosen yet"
    listed.setCurrentItem(listed.topLevelItem(1))
    action.trigger()
    ((layer, features, number),) = refined
    assert layer is panel.source_bar.layers()[0] and number == 1 and features.features[1].pixels == 400


def test_finding_all_alike_needs_examples_and_a_raster_file(layer, monkeypatch):
    examples = QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:32633", "mine", "memory"))
    assert "examples" in find_alike(layer, None) and "examples" in find_alike(layer, examples)
    row = QgsFeature()
    row.setGeometry(QgsGeometry.fromWkt("POLYGON((500010 5499990, 500020 5499990, 500020 5499980, 500010 5499990))"))
    examples.dataProvider().addFeature(row)
    assert "raster file" in find_alike(None, examples)
    import sys
    import types

    opened = []

    class Dialog:
        def show(self):
            opened.append("shown")

    processing = types.ModuleType("processing")
    processing.createAlgorithmDialog = lambda name, given: opened.append((name, given)) or Dialog()
    monkeypatch.setitem(sys.modules, "processing", processing)
    assert find_alike(layer, examples) == ""
    (name, given), shown = opened
    assert (name, shown) == ("terralogue:findalike", "shown") and given["INPUT"] == layer.id()
    assert not given["EXAMPLES"].selectedFeaturesOnly
    examples.selectAll()
    find_alike(layer, examples)
    assert opened[2][1]["EXAMPLES"].selectedFeaturesOnly
