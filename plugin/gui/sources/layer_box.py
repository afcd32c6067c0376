"""A layer picker that also knows two choices that are no layer: automatic, and the canvas as shown."""

from typing import Optional

from qgis.core import QgsApplication, QgsMapLayer, QgsMapLayerProxyModel
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter


class LayerBox(QgsMapLayerComboBox):
    """Rasters and meshes of the project; shrinks with the dock."""

    def __init__(self, automatic: bool = False, parent=None) -> None:
        super().__init__(parent)
        self.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer | QgsMapLayerProxyModel.Filter.MeshLayer)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(48)
        self.automatic = automatic
        if automatic:
            self.name_automatic("")
            self.setAdditionalItems([self.tr("Canvas as shown")])
            self.setCurrentIndex(0)

    def name_automatic(self, name: str) -> None:
        """Say in the list which layer *automatic* means now."""
        text = self.tr("Automatic: {layer}").format(layer=name) if name else self.tr("Automatic: topmost raster")
        self.setAllowEmptyLayer(True, text, QgsApplication.getThemeIcon("/mIconRaster.svg"))

    @property
    def is_automatic(self) -> bool:
        """True if the first choice is the current one."""
        return self.automatic and self.currentLayer() is None and self.currentIndex() == 0

    @property
    def is_canvas(self) -> bool:
        """True if the canvas as shown is chosen."""
        return self.automatic and self.currentLayer() is None and self.currentIndex() > 0

    def choose(self, layer: Optional[QgsMapLayer]) -> None:
        """Make ``layer`` the current one; None: automatic."""
        if layer is None and self.automatic:
            self.setCurrentIndex(0)
        elif layer is not None:
            self.setLayer(layer)

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Cut long names in the middle: layers of two dates often differ only at the end."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        ).width() - option.iconSize.width() - 8
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """Long layer names are cut, never widen the dock."""
        return QSize(48, super().minimumSizeHint().height())
