"""Terralogue: talk to your map. QGIS imports this package; nothing heavy may load here."""


def classFactory(iface):  # noqa: N802 - the name QGIS calls
    """Return the plugin object. ``iface`` is None under qgis_process."""
    from .plugin.main import TerraloguePlugin

    return TerraloguePlugin(iface)
