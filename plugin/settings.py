"""Every setting of the plugin, once: key, type, default, description. Nobody else touches QgsSettings.

QGIS 3.22 takes the plugin's name as the second argument of an entry, 3.30 a node of QgsSettingsTree.
"""

from qgis.core import (
    QgsSettingsEntryBool,
    QgsSettingsEntryDouble,
    QgsSettingsEntryInteger,
    QgsSettingsEntryString,
)

PLUGIN = "terralogue"


def _parent():
    """What an entry is declared under: the plugin's settings node, or its name before QGIS 3.30."""
    try:
        from qgis.core import QgsSettingsTree
    except ImportError:  # Legacy, remove when the floor is 3.30
        return PLUGIN
    return QgsSettingsTree.createPluginTreeNode(PLUGIN)


_UNDER = _parent()

answer_detail = QgsSettingsEntryString(
    "answer-detail", _UNDER, "brief", "How much an answer says: brief, detailed or metadata"
)
keep_beside_project = QgsSettingsEntryBool(
    "keep-beside-project", _UNDER, True, "Write results to GeoPackages beside a saved project"
)
long_run_seconds = QgsSettingsEntryInteger(
    "long-run-seconds", _UNDER, 10, "Ask before a run that is estimated to take longer, in seconds"
)
web_ground_sample_distance = QgsSettingsEntryDouble(
    "web-ground-sample-distance", _UNDER, 0.6, "Ground sample distance asked of web layers, in metres"
)
web_pixel_limit = QgsSettingsEntryInteger(
    "web-pixel-limit", _UNDER, 16_000_000, "Most pixels that one question may fetch from a web layer"
)
processor_threads = QgsSettingsEntryInteger(
    "processor-threads", _UNDER, 0, "Threads the model may use; 0 leaves the choice to the plugin"
)

dock_area = QgsSettingsEntryInteger(
    "dock-area", _UNDER, 2, "Side of the main window the panel was last docked to: 1 left, 2 right"
)

ENTRIES = (
    answer_detail,
    keep_beside_project,
    long_run_seconds,
    web_ground_sample_distance,
    web_pixel_limit,
    processor_threads,
    dock_area,
)


def choice(entry, allowed):
    """The value of a text setting, or its default when the settings file holds something else."""
    value = entry.value()
    return value if value in allowed else entry.defaultValue()


def within(entry, low, high):
    """The value of a number setting, or its default when the settings file holds something outside [low, high]."""
    value = entry.value()
    return value if low <= value <= high else entry.defaultValue()


def unload():
    """Take the plugin's node out of the settings tree again."""
    if _UNDER is not PLUGIN:
        from qgis.core import QgsSettingsTree

        QgsSettingsTree.unregisterPluginTreeNode(PLUGIN)
