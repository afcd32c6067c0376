"""The plugin object QGIS holds. Imports nothing at start-up but what each door needs when it opens."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class TerraloguePlugin:
    """``iface`` is None under qgis_process; then only Processing is served. Main thread only."""

    def __init__(self, iface):
        self.iface = iface
        self.translator = None
        self.provider = None
        self.desktop = None

    def initProcessing(self):  # noqa: N802 - the name QGIS calls
        """Register the Processing provider; safe to call twice."""
        from qgis.core import QgsApplication

        if self.provider is not None:
            return
        self._translate()
        from .processing.provider import TerralogueProvider

        provider = TerralogueProvider()
        if QgsApplication.processingRegistry().addProvider(provider):
            self.provider = provider

    def initGui(self):  # noqa: N802 - the name QGIS calls
        """Add toolbar, menus, options page and the (still empty) dock."""
        self.initProcessing()
        from .gui.desktop import Desktop

        self.desktop = Desktop(self.iface)

    def unload(self):
        """Undo initGui and initProcessing, in reverse order; what Qt has deleted already is left alone."""
        from qgis.core import QgsApplication
        from qgis.PyQt import sip
        from qgis.PyQt.QtCore import QCoreApplication

        if self.desktop is not None:
            self.desktop.unload()
            self.desktop = None
        if self.provider is not None and not sip.isdeleted(self.provider):
            QgsApplication.processingRegistry().removeProvider(self.provider)
        self.provider = None
        if self.translator is not None and not sip.isdeleted(self.translator):
            QCoreApplication.removeTranslator(self.translator)
        self.translator = None

    def _translate(self):
        """Load the translation of QGIS's own locale, if the plugin has one."""
        from qgis.core import QgsApplication
        from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

        if self.translator is not None:
            return
        translator = QTranslator()
        if translator.load(QLocale(QgsApplication.locale()), "terralogue", "_", str(ROOT / "i18n")):
            QCoreApplication.installTranslator(translator)
            self.translator = translator
