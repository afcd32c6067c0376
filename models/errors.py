"""Everything that can go wrong in ``models``, as types with data; ``plugin`` turns them into sentences."""

from typing import Optional, Tuple

Extent = Tuple[float, float, float, float]


class TerralogueError(Exception):
    """Root of all errors raised by ``models``; ``str()`` is an English sentence for logs and headless use."""


class Cancelled(TerralogueError):
    """The user stopped the run. ``kept``: the same run goes on where it stopped; else nothing of it is left."""

    def __init__(self) -> None:
        super().__init__("The run was cancelled.")
        self.kept = False


class RasterUnreadable(TerralogueError):
    """The raster cannot be opened, or (``share`` given) part of its pixels cannot be read."""

    def __init__(self, name: str, reason: str, share: Optional[float] = None) -> None:
        part = "" if share is None else f" ({share:.1%} of the pixels asked for)"
        super().__init__(f"Cannot read {name}{part}: {reason}")
        self.name, self.reason, self.share = name, reason, share


class NothingToAnalyse(TerralogueError):
    """Every pixel of the region is nodata, transparent or outside the raster."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no valid pixels in this region.")
        self.name = name


class CrsMissing(TerralogueError):
    """A raster without a coordinate reference system where one is needed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no coordinate reference system. Set it in the layer properties first.")
        self.name = name


class DatesDisjoint(TerralogueError):
    """Before and after do not overlap; both extents (in the before CRS) are named."""

    def __init__(self, before: Extent, after: Extent) -> None:
        super().__init__(f"The two dates do not overlap: before covers {before}, after covers {after}.")
        self.before, self.after = before, after


class UnsupportedPixels(TerralogueError):
    """A dtype (complex) or band layout that has no meaning as an image."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} holds {what}, which cannot be shown as an image.")
        self.name, self.what = name, what


class ModelMissing(TerralogueError):
    """A model file that the catalogue lists is not on disk."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The model file {path} is missing. Reinstall the plugin to restore it.")
        self.path = path


class ModelDigestError(TerralogueError):
    """A model file differs from its published digest; it was not loaded."""

    def __init__(self, path: str, expected: str, found: str) -> None:
        super().__init__(f"The model file {path} is damaged (digest differs). Reinstall the plugin to restore it.")
        self.path, self.expected, self.found = path, expected, found


class ModelUnreadable(TerralogueError):
    """ONNX Runtime refuses the model, or its inputs and outputs are not those of the task."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The model {path} cannot be used: {reason}")
        self.path, self.reason = path, reason


class MemoryShort(ModelUnreadable):
    """A run of a model did not fit the memory, not even in parts and on the processor."""


class WeightsRefused(TerralogueError):
    """A file of published weights that cannot be converted; ``name`` without its folder, ``reason`` with what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} was not converted: {reason}.")
        self.name, self.reason = name, reason


class EncoderUnusable(TerralogueError):
    """A folder with a converted encoder of pictures and words that is incomplete, changed or damaged."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The encoder {name} cannot be used: {reason}. Convert it again.")
        self.name, self.reason = name, reason


class UserModelRefused(ModelUnreadable):
    """A model that the user brought was not used. ``kind``: "missing", "changed" (another digest than listed), "damaged",
    "elsewhere" (its weights are in a file that is not beside it), "task" (it is made for something else), "converter" (what
    is needed to convert it is not installed), "pickle" (its weights could run code), "code" (it needs a program of its own),
    "links" (its files are links to others) or "runtime" (ONNX Runtime refuses it); ``reason``: a clause for the log.
    """

    def __init__(self, path: str, kind: str, reason: str) -> None:
        super().__init__(path, reason)
        self.kind = kind


class DownloadFailed(TerralogueError):
    """A file of a model did not arrive, and nothing of it is used. ``name``: the file's; ``reason``: a clause for the log.

    ``kind``: "offline" (the network is not to be used), "network", "tls", "status" (the server refuses), "busy" (it asks to
    wait, ``wait`` seconds), "portal" (a web page came instead), "length", "digest", "redirect" (to where nothing is fetched
    from), "locked" (another QGIS fetches it), "read-only" or "path" (it cannot be written there).
    """

    def __init__(self, name: str, kind: str, reason: str = "", wait: float = 0) -> None:
        super().__init__(f"{name} was not downloaded ({kind}): {reason or kind}.")
        self.name, self.kind, self.reason, self.wait = name, kind, reason, wait


class ArchiveRefused(TerralogueError):
    """An archive that would write elsewhere, or more than it says; nothing of it was unpacked."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The archive {name} was not unpacked: {reason}.")
        self.name, self.reason = name, reason


class CatalogueInvalid(TerralogueError):
    """The list of known models does not say what it must, or says more."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The list of models {name} cannot be used: {reason}.")
        self.name, self.reason = name, reason


class ModelInUse(TerralogueError):
    """A model that is not deleted because it is used. ``job``: that it is chosen for, "" where it is open."""

    def __init__(self, name: str, job: str = "") -> None:
        super().__init__(f"{name} is {f'chosen for {job}' if job else 'in use'}, so it was not deleted.")
        self.name, self.job = name, job


class RuntimeMissing(TerralogueError):
    """A Python package that the run needs is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"The Python package {package} is not installed. Install the core packages first.")
        self.package = package


class UnknownConcept(TerralogueError):
    """The words name something no model here was trained on; ``nearest`` are concepts that are known."""

    def __init__(self, words: str, nearest: Tuple[str, ...]) -> None:
        super().__init__(f"I have no model for “{words}”. Known: {', '.join(nearest)}.")
        self.words, self.nearest = words, nearest


class QuestionUnclear(TerralogueError):
    """The question asks for something that the given views cannot answer, e.g. a change with one date."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StorageFull(TerralogueError):
    """Scores or results do not fit the disk or the quota; sizes in bytes."""

    def __init__(self, needed: int, available: int) -> None:
        super().__init__(f"This run needs {needed / 1e6:.0f} MB of disk, {available / 1e6:.0f} MB are free.")
        self.needed, self.available = needed, available


class TunedClassUnreadable(TerralogueError):
    """The file of a tuned class is damaged or none; nothing of it was used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The tuned class {name} cannot be read: {reason}.")
        self.name, self.reason = name, reason


class TunedForAnotherModel(TerralogueError):
    """A class was tuned on another version of the model, whose features its weights do not fit. Digests of both."""

    def __init__(self, name: str, expected: str, found: str) -> None:
        super().__init__(f"The class {name} was tuned on another version of the model. Tune it again.")
        self.name, self.expected, self.found = name, expected, found


class TuningImpossible(TerralogueError):
    """What was given is no ground to learn a class from."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyPrompts(TerralogueError):
    """More clicks and boxes for one object than engines are asked with; ``most`` are."""

    def __init__(self, most: int) -> None:
        super().__init__(f"One object takes at most {most} clicks. Accept it and point at the next one.")
        self.most = most


class PromptOutside(TerralogueError):
    """A prompt lies beside the raster, or (``nodata``) on pixels that it has no values for."""

    def __init__(self, name: str, nodata: bool) -> None:
        super().__init__(f"{name} has {'no data' if nodata else 'no pixels'} there. Point somewhere else.")
        self.name, self.nodata = name, nodata


class IndexUnreadable(TerralogueError):
    """A tile index is damaged, half copied, or no index."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The index {name} cannot be read: {reason}.")
        self.name, self.reason = name, reason


class IndexForAnotherModel(TerralogueError):
    """Vectors of one model mean nothing to another. Names of both."""

    def __init__(self, name: str, made_by: str, found: str) -> None:
        super().__init__(f"The index {name} was made by {made_by}, which is not this version of {found}. Make it again.")
        self.name, self.made_by, self.found = name, made_by, found


class IndexEmpty(TerralogueError):
    """An index, or what of it lies in the region and the time asked for, holds no tile."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The index {name} holds no tile here.")
        self.name = name


class IndexBusy(TerralogueError):
    """Somebody else is writing the index."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The index {name} is being made by another run. Wait for it or stop it.")
        self.name = name


class KnowledgeUnreadable(TerralogueError):
    """A knowledge base, or a document for one, is damaged, half-written or none; nothing of it was used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be read: {reason}.")
        self.name, self.reason = name, reason


class KnowledgeEmpty(TerralogueError):
    """Nothing was found to build a base from, or nothing is in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is nothing to know in {name}.")
        self.name = name
