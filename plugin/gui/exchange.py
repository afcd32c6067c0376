"""One question and what came of it: events become text, objects, tables; buttons become layers and files."""

from typing import Any, Dict, List, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.class_style import legend_of
from ..core.statistics_table import known_pixels
from .chat.answer_card import AnswerCard
from .chat.change_section import ChangeSection
from .chat.change_tools import ChangeTools
from .class_colours import feature_colours
from .fact_sections import add_facts, marked
from .keeping import Keeping
from .movable_answer import MovableAnswer
from .region_area import area_text


class Exchange(QObject):
    """``preview(features or None)``, ``point_at(features, indices)``, ``show_places(extents)``, ``retry()``, ``changed()``,
    ``moved()`` once another threshold has changed the answer, ``tools_offered()`` once there are ``change_tools``.
    Main thread only.

    ``subject``: how the sources and the region are called. ``record``: JSON-able, for the project.
    """

    preview = pyqtSignal(object)
    point_at = pyqtSignal(object, tuple)
    show_places = pyqtSignal(list)
    export = pyqtSignal(object)
    report = pyqtSignal(object)
    print_layout = pyqtSignal(object)
    retry = pyqtSignal()
    changed = pyqtSignal()
    moved = pyqtSignal()
    tools_offered = pyqtSignal()

    def __init__(self, question: str, subject: str, parent=None) -> None:
        super().__init__(parent)
        self.question, self.subject = question, subject
        self.facts: Dict[str, Any] = {}
        self.provenance: Dict[str, Any] = {}
        self.features = None
        self.region = None
        self.layer_ids: tuple = ()
        self.asked = ""
        self._parts: Dict[str, str] = {}
        self.done = False
        #: Buttons and slider of an answer about two dates.
        self.change_tools: Optional[ChangeTools] = None
        #: One for a change; of masks of words one for each class.
        self.movables: List[MovableAnswer] = []
        self._lead = ""
        self.card = AnswerCard()
        self.card.objects_chosen.connect(self._point)
        self.keeping = Keeping(self._title(), self)
        self.keeping.added.connect(self._kept)
        self.keeping.removed.connect(self._taken_back)
        self.keeping.failed.connect(self.card.say)
        actions = self.card.actions
        self.keeping.appended.connect(self.card.say)
        actions.add_layer.connect(self.keep)
        actions.keep_menu.add_to.connect(self._keep_in)
        actions.undo.connect(self.keeping.undo)
        actions.export.connect(lambda: self.export.emit(self))
        actions.report.connect(lambda: self.report.emit(self))
        actions.print_layout.connect(lambda: self.print_layout.emit(self))
        actions.retry.connect(self.retry)
        actions.preview.connect(lambda on: self.preview.emit(self.features if on else None))

    @property
    def answer(self) -> str:
        """The text so far."""
        return self.card.plain_text()

    @property
    def movable(self) -> Optional[MovableAnswer]:
        """The first threshold that can be moved."""
        return self.movables[0] if self.movables else None

    def take(self, event: Any) -> None:
        """Show one event of ``models``, told apart by its type's name: importing the types needs the core packages."""
        handler = getattr(self, "_on_" + type(event).__name__.lower(), None)
        if handler is not None:
            handler(event)

    def close(self, message: str = "") -> None:
        """The run is over; ``message`` says how, if it did not go well."""
        self.done = not message
        if message and not self.answer:
            self.card.fail(message)
        else:
            self.card.say(message)
        self.card.finish()
        self._show_buttons()

    def keep(self) -> None:
        """Add the objects as a layer."""
        if self.features is not None:
            self.keeping.keep(self.features, self.provenance, self._transitions(), known_pixels(self.facts))

    def _keep_in(self, layer_id: str) -> None:
        if self.features is not None:
            self.keeping.keep_in(layer_id, self.features)

    def restore(self, answer: str, facts: Dict[str, Any], provenance: Dict[str, Any], layer_id: str = "") -> None:
        """Show what an earlier session kept; nothing is run."""
        self.card.append_text(answer)
        self._show_facts(facts)
        self.provenance = provenance
        if provenance:
            self.card.show_provenance(provenance)
        if layer_id:
            self.keeping.adopt(layer_id)
        self.done = True
        self.card.finish()
        self._show_buttons()

    def unload(self) -> None:
        """Let go of the project."""
        self.keeping.stop()
        for one in self.movables:
            one.stop()

    def show_moved(self, moved, label: str = "") -> None:
        """Show the answer that another threshold, of changes or of ``label``, makes in place of the one there is."""
        result = moved.result
        self.card.text.replace_text(self._lead + result.caption)
        for words, indices in moved.links:
            self.card.text.link(words, indices)
        threshold = {**self._class_thresholds(), label: moved.threshold} if label else moved.threshold
        self.provenance = {**self.provenance, "threshold": threshold}
        self.card.show_provenance(self.provenance)
        self._show_facts(result.facts)
        self._show_features(result.features)
        self._show_buttons()
        self.moved.emit()
        self.changed.emit()

    def outlined(self):
        """What the answer points at, a FeatureSet without features where it points at nothing."""
        from ...models.features import FeatureSet

        return self.features or FeatureSet("change", "", (), str(self.facts.get("model", "")), self.subject)

    def _on_text(self, event) -> None:
        self.card.append_text(event.text)

    def _on_running(self, event) -> None:
        self.card.progress.show_progress(event.fraction, event.message)

    def _on_part(self, event) -> None:
        self._parts[event.name] = event.text
        self._show_parts()

    def _on_facts(self, event) -> None:
        self._show_facts(event.facts)

    def _on_mask(self, event) -> None:
        self._show_features(event.features)

    def _on_movable(self, event) -> None:
        if not self.movables:
            self._lead = self.answer
        made = MovableAnswer(self, event.scores, self.change_tools)
        self.movables.append(made)
        made.show_count()
        if self.change_tools is not None:
            self.card.add_controls(made.row, before=self.change_tools)
        else:
            self.card.add_controls(made.row)

    def _class_thresholds(self) -> Dict[str, float]:
        """The threshold of each class that has one of its own, as its slider says."""
        return {one.label: one.row.threshold for one in self.movables if one.label}

    def _on_link(self, event) -> None:
        self.card.text.link(event.words, event.features)

    def _on_done(self, event) -> None:
        self.provenance = dict(event.provenance)
        if self.movable is not None:
            self.provenance["threshold"] = self._class_thresholds() or self.movable.scores.threshold
        self.card.show_provenance(self.provenance)

    def _show_facts(self, facts: Dict[str, Any]) -> None:
        self.facts = dict(facts)
        add_facts(self.card, self.facts)
        if isinstance(self.card.section, ChangeSection) and self.change_tools is None:
            self.change_tools = ChangeTools()
            self.card.add_controls(self.change_tools)
            self.tools_offered.emit()
        parts = self.facts.get("parts")
        for name, text in parts.items() if isinstance(parts, dict) else ():
            self._parts.setdefault(str(name), str(text))
        self._show_parts()
        self._show_where()

    def _show_features(self, features) -> None:
        self.features = features
        unchecked = marked(self.facts)
        rows = [self._object_row(feature, unchecked) for feature in features.features[:200]]
        # Places are listed by their pictures already.
        if not self._places():
            self.card.show_objects(rows, len(features.features))
        if rows or self.movable is not None:
            self.preview.emit(features if self.card.actions.eye.isChecked() else None)
        self._show_where()

    def _transitions(self) -> list:
        """The rows of the table of a change; only facts measured in this session are ever kept as a layer."""
        return list(self.facts["transitions"]) if self.features.kind == "change" else []

    def _show_parts(self) -> None:
        """The parts of a detailed description, each by itself; kept with the facts, so that they come back."""
        titles = {"theme": self.tr("Theme"), "objects": self.tr("Objects"), "relations": self.tr("Relations")}
        for name, title in titles.items():
            if self._parts.get(name):
                self.card.add_part(title, self._parts[name])
        if self._parts:
            self.facts["parts"] = dict(self._parts)

    def _show_where(self) -> None:
        """The picture under the table is about the one cover that the answer points at; facts and objects come in turn."""
        labels = {feature.label for feature in self.features.features} if self.features is not None else set()
        covers = getattr(self.card.section, "covers", ())
        if len(labels) == 1 and labels <= set(covers):
            self.card.section.show_cover(labels.pop())

    def _places(self) -> list:
        """Extents of the places that the answer names, in the CRS of its layer; [] for other answers."""
        return getattr(self.card.section, "extents", [])

    def _point(self, indices: tuple) -> None:
        places = [extent for number, extent in enumerate(self._places()) if number in indices]
        if places:
            self.show_places.emit(places)
        if self.features is not None:
            self.point_at.emit(self.features, tuple(indices))

    def _kept(self, layer) -> None:
        self.preview.emit(None)
        said = self.tr("Added as layer {name}.").format(name=layer.name())
        self.card.say("\n".join(filter(None, [said, self.keeping.note])))
        self._show_buttons()
        self.changed.emit()

    def _taken_back(self) -> None:
        self.card.say(self.tr("The layer was removed."))
        self._show_buttons()
        self.changed.emit()

    def _show_buttons(self) -> None:
        there = self.features is not None and bool(self.features.features)
        kept = self.keeping.layer is not None
        self.card.actions.show_for(there, kept, preview=there)
        for one in self.movables:
            one.show_kept(kept)
        measured = self.done and bool(self.layer_ids) and self.facts.get("kind") in ("view", "pair", "series", "places")
        self.card.actions.offer_report(self.done, measured)

    def _object_row(self, feature, unchecked=frozenset()) -> tuple:
        if feature.from_label or feature.to_label:
            names = (legend_of(part) if part else "–" for part in (feature.from_label, feature.to_label))
            label = " → ".join(names)
        else:
            label = legend_of(feature.label)
            if feature.label in unchecked:
                label = self.tr("{thing} (rendered only)").format(thing=label)
        area = "" if feature.area_m2 is None else area_text(feature.area_m2)
        return label, area, feature.score, feature_colours(feature)

    def _title(self) -> str:
        text = " ".join(self.question.split()).rstrip("?.! ")
        return text if len(text) <= 40 else text[:39] + "…"

    def layer_id(self) -> Optional[str]:
        """The kept layer's id."""
        layer = self.keeping.layer
        return None if layer is None else layer.id()
