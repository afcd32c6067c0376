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
#: How long an expert's request may be: the decoder reads at most 96 tokens of it.
REQUEST_LETTERS = 300
#: What may word answers.
WORDS = ("composed", "model")
#: What models may run on: the fastest device that computes what the processor computes, or the processor.
RUN_ON = ("automatic", "processor")


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
answer_words = QgsSettingsEntryString(
    "answer-words", _UNDER, "composed", "What words answers: composed (rules alone) or model (the language decoder, checked)"
)
#: By name of an expert of the decoder, what it is asked for instead of its own request; "" leaves that.
expert_requests = {
    "theme": QgsSettingsEntryString("expert-theme", _UNDER, "", "What the expert of themes is asked for; empty: its own request"),
    "objects": QgsSettingsEntryString(
        "expert-objects", _UNDER, "", "What the expert of objects is asked for; empty: its own request"
    ),
    "relations": QgsSettingsEntryString(
        "expert-relations", _UNDER, "", "What the expert of relations is asked for; empty: its own request"
    ),
}
align_dates = QgsSettingsEntryBool(
    "align-dates", _UNDER, True, "Move one of two dates onto the other and match their light before they are compared"
)
keep_beside_project = QgsSettingsEntryBool(
    "keep-beside-project", _UNDER, True, "Write results to GeoPackages beside a saved project"
)
outlines = QgsSettingsEntryString(
    "outlines", _UNDER, "exact", "Outlines of kept objects: exact (edges of pixels), simplified or right angles (buildings)"
)
object_colours = QgsSettingsEntryString(
    "object-colours", _UNDER, "class", "Colours of kept objects: class (one for each class) or each (one for each object)"
)
statistics_table = QgsSettingsEntryBool(
    "statistics-table", _UNDER, False, "Add a table of counts and areas by class with every layer of objects"
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
embedding_cache_megabytes = QgsSettingsEntryInteger(
    "embedding-cache-megabytes", _UNDER, 1000, "Most that images seen by mask models may take on disk, in megabytes"
)
processor_threads = QgsSettingsEntryInteger(
    "processor-threads", _UNDER, 0, "Threads the model may use; 0 leaves the choice to the plugin"
)
run_on = QgsSettingsEntryString(
    "run-on", _UNDER, "automatic", "What models run on: automatic (a GPU that passes its test) or processor"
)
graphics_memory_megabytes = QgsSettingsEntryInteger(
    "graphics-memory-megabytes", _UNDER, 0, "Most memory of a CUDA GPU that one graph may take, in megabytes; 0: no limit"
)

tile_indexes = QgsSettingsEntryString("tile-indexes", _UNDER, "[]", "Folders of the tile indexes that were made, as JSON")

#: By job, the key of the installed model that does it; "nano": the shipped one.
models_for = {
    "search": QgsSettingsEntryString("model-for-search", _UNDER, "nano", "Model that searches by words and examples"),
    "classify": QgsSettingsEntryString("model-for-classes", _UNDER, "nano", "Model that class words are compared by"),
    "masks": QgsSettingsEntryString("model-for-masks", _UNDER, "nano", "Model that outlines what is pointed at"),
    "words": QgsSettingsEntryString("model-for-words", _UNDER, "nano", "Model that converses"),
}
model_downloads = QgsSettingsEntryBool(
    "model-downloads", _UNDER, True, "Let a click in the window of models fetch one; off: the network is never asked"
)

dock_area = QgsSettingsEntryInteger(
    "dock-area", _UNDER, 2, "Side of the main window the panel was last docked to: 1 left, 2 right"
)

ENTRIES = (
    answer_detail,
    answer_words,
    *expert_requests.values(),
    align_dates,
    keep_beside_project,
    outlines,
    object_colours,
    statistics_table,
    long_run_seconds,
    web_ground_sample_distance,
    web_pixel_limit,
    embedding_cache_megabytes,
    processor_threads,
    run_on,
    graphics_memory_megabytes,
    tile_indexes,
    *models_for.values(),
    model_downloads,
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


def requests():
    """What the experts of the decoder are asked for, by name; those that keep their own request are left out."""
    given = {name: " ".join(entry.value().split())[:REQUEST_LETTERS] for name, entry in expert_requests.items()}
    return {name: text for name, text in given.items() if text}


def unload():
    """Take the plugin's node out of the settings tree again."""
    if _UNDER is not PLUGIN:
        from qgis.core import QgsSettingsTree

        QgsSettingsTree.unregisterPluginTreeNode(PLUGIN)
