"""One translated sentence with the next step for everything that can go wrong. Names files, never folders."""

import ntpath
import posixpath

from qgis.PyQt.QtCore import QCoreApplication, QLocale

from ...models import errors as model
from ..environment.errors import InstallError
from . import errors as plugin
from .log import redact

LIMIT = 200


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("Terralogue", text)


def short_name(name: str, limit: int = 48) -> str:
    """The file's or layer's name without folders or line breaks, its middle left out beyond ``limit`` characters."""
    name = " ".join(ntpath.basename(posixpath.basename(str(name).rstrip("/\\"))).split()) or tr("the layer")
    if len(name) <= limit:
        return name
    half = (limit - 1) // 2
    return name[:half] + "…" + name[-half:]


def _megabytes(size: int) -> str:
    return QLocale().toString(max(1, round(size / 1e6)))


def _unreadable(error: model.RasterUnreadable) -> str:
    name = short_name(error.name)
    if error.share is None:
        return tr("Cannot read {name}. Check that the file is there and whole, then ask again.").format(name=name)
    share = QLocale().toString(100 * error.share, "f", 1)
    return tr("Cannot read {share} % of {name}. Repair or download the file again, then ask again.").format(
        share=share, name=name
    )


def _dates_unknown(error: plugin.DatesUnknown) -> str:
    names = [short_name(name) for name in error.names]
    if error.same:
        return tr("{one} and {other} have the same date, {date}. Give one of them another date, or leave it out.").format(
            one=names[0], other=names[1], date=error.same
        )
    return tr("{name} has no date. Set it in the layer's temporal properties, or write it in the layer's name.").format(
        name=names[0]
    )


def _unsupported_layer(error: plugin.LayerUnsupported) -> str:
    name = short_name(error.name)
    if error.reason == "invalid":
        return tr("{name} is broken or its source is missing. Repair the layer's source, then ask again.").format(
            name=name
        )
    if error.reason == "no-file":
        return tr("{name} is not a file: what a server shows changes. Save it as a raster, then index that.").format(
            name=name
        )
    if error.reason == "complex":
        return tr("{name} holds complex numbers, which are not an image. Choose another layer.").format(name=name)
    if error.reason == "gone":
        return tr("{name} is no longer in the project. Choose another layer.").format(name=name)
    if error.reason == "empty":
        return tr("No layer is visible here. Switch one on or add one, then ask again.")
    return tr("{name} cannot be drawn as an image. Choose a raster, web, vector or mesh layer.").format(name=name)


def _export(error: plugin.ExportFailed) -> str:
    sentences = {
        "empty": tr("There are no objects to export to {name}. Ask for something that is there first."),
        "exists": tr("{name} exists already. Choose another name or allow it to be replaced."),
        "folder": tr("{name} is a folder. Choose a file name inside it."),
        "no-folder": tr("The folder for {name} does not exist. Choose another folder."),
        "read-only": tr("{name} cannot be written there. Choose a folder you may write to."),
        "no-results": tr("{name} cannot be written beside the project. Save the project elsewhere, or change the settings."),
        "reserved": tr("{name} is not a name that every system can store. Choose another name."),
        "locked": tr("{name} is in use by another program. Close it there or choose another name."),
        "open": tr("{name} is open in this project. Remove that layer or choose another name."),
        "not-geopackage": tr("{name} exists and is not a GeoPackage. Choose another name."),
        "disk-full": tr("{name} did not fit on the disk; nothing was written. Free some space and try again."),
        "incomplete": tr("{name} could not be written whole, so nothing was kept. Free some space and try again."),
        "format": tr("{name} has an ending that is not supported. Use .gpkg, .shp, .geojson or .fgb."),
        "crs": tr("The layer has no coordinate reference system, which {name} needs. Set it in its properties."),
        "transform": tr("Some objects cannot be converted for {name}. Choose another coordinate reference system."),
        "too-large": tr("The layer is too large for {name}. Export to GeoPackage instead."),
    }
    return sentences.get(error.kind, tr("{name} could not be written. See the log, then try again.")).format(
        name=short_name(error.name)
    )


def _unknown_concept(error: model.UnknownConcept) -> str:
    known = ", ".join(error.nearest[:4])
    return tr("“{words}” is not something this model was taught. It knows {known}.").format(
        words=short_name(error.words, 40), known=short_name(known, 70) if known else tr("nothing like it")
    )


def _unwritable_target(error: plugin.TargetUnwritable) -> str:
    sentences = {
        "gone": tr("{name} is no longer in the project. Choose another layer for the polygons."),
        "kind": tr("{name} holds no polygons. Choose a polygon layer, or a new one."),
        "read-only": tr("{name} is read-only. Choose another layer, or make it editable in its properties."),
        "format": tr("{name} is of a kind that cannot be edited. Choose another layer, or a new one."),
        "elsewhere": tr("{name} is being edited as {other}. Save or drop those edits, or choose {other}."),
        "locked": tr("{name} cannot be edited now; another program may be using it. Close it there, or choose a new layer."),
        "crs": tr("{name} lies in a reference system that these polygons have no place in. Choose another layer."),
        "many": tr("These are too many objects to edit {name} with. Add them as a new layer instead."),
        "refused": tr("{name} did not take the polygon: its constraints are not met. Choose another layer, or a new one."),
    }
    return sentences.get(error.reason, sentences["refused"]).format(
        name=short_name(error.name, 30), other=short_name(error.other, 30)
    )


def _refused(error: model.UserModelRefused) -> str:
    sentences = {
        "missing": tr("A file of the model {name} is missing. Copy the whole model folder again, or choose another model."),
        "changed": tr("{name} is not the file that its folder lists, so it was not loaded. Copy or convert the model again."),
        "damaged": tr("{name} is cut off or is not an ONNX model. Download or export it again, or choose another file."),
        "elsewhere": tr("{name} keeps its weights in another place, which is not opened. Export it with its weights inside."),
        "task": tr("{name} is made for another task. Choose a model with the inputs and outputs that this one needs."),
        "converter": tr("{name} cannot be converted here. Install torch and segment-anything, or choose an ONNX model."),
        "pickle": tr("The weights of {name} could run code, so they were not opened. Take the .safetensors of that model."),
        "code": tr("{name} asks for a program of its own, which is never run. Choose a model that needs none."),
        "links": tr("{name} is a link to another place, which is not followed. Import the folder that holds the files."),
    }
    refusal = tr("{name} does not run on this computer. See the log for the reason, or choose another model.")
    return sentences.get(error.kind, refusal).format(name=short_name(error.path))


def _download(error: model.DownloadFailed) -> str:
    sentences = {
        "offline": tr("{name} is not here, and the network is switched off. Import the file, or allow downloads."),
        "network": tr("{name} did not arrive. Check the connection and try again; it goes on where it stopped."),
        "tls": tr("The server of {name} did not prove who it is, so nothing was fetched. Check QGIS's certificates."),
        "status": tr("The server does not give {name} away. Open its page, fetch it there and import the file."),
        "busy": tr("The server of {name} is busy. Try again later; it goes on where it stopped."),
        "portal": tr("A web page came in place of {name}. Sign in to this network in a browser, then try again."),
        "length": tr("{name} is not of its published size, so nothing was kept. Try again, or import the file."),
        "digest": tr("{name} is not what was published, so nothing was kept. Try again, or import the file."),
        "redirect": tr("The server of {name} led to another place, which was not followed. Import the file instead."),
        "locked": tr("{name} is being downloaded by another QGIS. Wait for it, then open this window again."),
        "read-only": tr("{name} cannot be written to the profile's folder. Allow writing there, then try again."),
    }
    unwritable = tr("{name} cannot be stored under the profile's folder. Choose a profile with a shorter path.")
    return sentences.get(error.kind, unwritable).format(name=short_name(error.name))


def _missing_package(error: model.RuntimeMissing) -> str:
    if error.package in ("torch", "onnx", "safetensors", "huggingface_hub"):
        text = tr("The Python package {name} is missing, which converting needs. Convert it elsewhere and import the folder.")
    else:
        text = tr("The Python package {name} is missing. Install the core packages in the Terralogue panel.")
    return text.format(name=short_name(error.package))


def _in_use(error: model.ModelInUse) -> str:
    name = short_name(error.name)
    if error.job:
        return tr("{name} is chosen for a job below. Choose another model for it first, then delete this one.").format(name=name)
    return tr("{name} is in use. Close what uses it, also in other QGIS windows, then delete it.").format(name=name)


_SENTENCES = {
    model.Cancelled: lambda e: tr("Stopped. Run it again with the same layers, and it goes on from here.")
    if e.kept
    else tr("Stopped. Nothing was kept; ask again whenever you like."),
    model.RasterUnreadable: _unreadable,
    model.NothingToAnalyse: lambda e: tr("{name} has no valid pixels here. Choose another region or layer.").format(
        name=short_name(e.name)
    ),
    model.CrsMissing: lambda e: tr(
        "{name} has no coordinate reference system. Set it in the layer properties, then ask again."
    ).format(name=short_name(e.name)),
    model.DatesDisjoint: lambda e: tr(
        "The two dates show different places. Choose two layers that overlap, or a region inside both."
    ),
    model.UnsupportedPixels: lambda e: tr("{name} does not hold an image. Choose another layer.").format(
        name=short_name(e.name)
    ),
    model.ModelMissing: lambda e: tr("The model file {name} is missing. Reinstall the plugin to restore it.").format(
        name=short_name(e.path)
    ),
    model.ModelDigestError: lambda e: tr(
        "The model file {name} is damaged and was not loaded. Reinstall the plugin to restore it."
    ).format(name=short_name(e.path)),
    model.ModelUnreadable: lambda e: tr("The model {name} cannot be used. Reinstall the plugin to restore it.").format(
        name=short_name(e.path)
    ),
    model.MemoryShort: lambda e: tr(
        "There is not enough free memory for {name}. Close other programs, or choose a smaller region."
    ).format(name=short_name(e.path)),
    model.EncoderUnusable: lambda e: tr("The encoder {name} is incomplete or was changed. Convert its weights again.").format(
        name=short_name(e.name)
    ),
    model.WeightsRefused: lambda e: short_sentence(tr("{name} was not converted: {reason}.").format(
        name=short_name(e.name), reason=e.reason
    )),
    model.UserModelRefused: _refused,
    model.DownloadFailed: _download,
    model.ArchiveRefused: lambda e: tr("The archive {name} was not unpacked: it is damaged or unsafe. Fetch it again.").format(
        name=short_name(e.name)
    ),
    model.CatalogueInvalid: lambda e: tr("The list of models is damaged. Reinstall the plugin to restore it."),
    model.ModelInUse: _in_use,
    model.RuntimeMissing: _missing_package,
    model.UnknownConcept: _unknown_concept,
    model.QuestionUnclear: lambda e: short_sentence(e.reason),
    model.TuningImpossible: lambda e: short_sentence(e.reason),
    model.TunedClassUnreadable: lambda e: tr(
        "The tuned class {name} is damaged and was not loaded. Tune it again or remove it in the options."
    ).format(name=short_name(e.name)),
    model.TunedForAnotherModel: lambda e: tr(
        "{name} was tuned on another version of the model. Tune it again or remove it in the options."
    ).format(name=short_name(e.name)),
    model.IndexUnreadable: lambda e: tr("The index {name} is damaged or was copied in part. Make it again.").format(
        name=short_name(e.name)
    ),
    model.IndexForAnotherModel: lambda e: tr(
        "The index {name} was made by {model}, which is not the model in use. Make it again."
    ).format(name=short_name(e.name), model=short_name(e.made_by)),
    model.IndexEmpty: lambda e: tr("{name} holds no tiles here. Choose another region or time, or index more.").format(
        name=short_name(e.name)
    ),
    model.IndexBusy: lambda e: tr("{name} is being made by another run. Wait for it, or stop it and try again.").format(
        name=short_name(e.name)
    ),
    model.KnowledgeUnreadable: lambda e: tr("{name} cannot be used: {reason}. Repair it, leave it out, or build anew.").format(
        name=short_name(e.name), reason=short_name(e.reason, 80)
    ),
    model.KnowledgeEmpty: lambda e: tr("There is nothing to know in {name}. Choose layers with attributes, or documents.").format(
        name=short_name(e.name)
    ),
    model.StorageFull: lambda e: tr(
        "This needs {needed} MB of disk and {free} MB are free. Free some space or choose a smaller region."
    ).format(needed=_megabytes(e.needed), free=_megabytes(e.available)),
    model.TooManyPrompts: lambda e: tr(
        "One object takes at most {most} clicks and boxes. Accept it with Enter, or take some back with Backspace."
    ).format(most=e.most),
    model.PromptOutside: lambda e: (
        tr("{name} has no data there, so nothing can be found. Point at a place that shows something.")
        if e.nodata
        else tr("That lies outside {name}. Point inside it, or choose another source.")
    ).format(name=short_name(e.name)),
    plugin.WebLayerUnreadable: lambda e: tr(
        "The server of {name} did not answer. Check the connection and the layer's address, then ask again."
    ).format(name=short_name(e.name)),
    plugin.LayerUnsupported: _unsupported_layer,
    plugin.AreaTooLarge: lambda e: tr(
        "That is {times} times as much of {name} as one question may fetch. Choose a smaller region."
    ).format(times=QLocale().toString(max(1.1, e.pixels / e.limit), "f", 1), name=short_name(e.name)),
    plugin.NoRegion: lambda e: tr("{name} is a web layer without an end. Draw a region first, then ask again.").format(
        name=short_name(e.name)
    ),
    plugin.DatesUnknown: _dates_unknown,
    plugin.RasterChanged: lambda e: tr("{name} has changed on disk, so it is looked at anew.").format(
        name=short_name(e.name)
    ),
    plugin.TargetUnwritable: _unwritable_target,
    plugin.ProjectClosed: lambda e: tr("The project was closed meanwhile, so nothing was added. Open it and ask again."),
    plugin.ExportFailed: _export,
    InstallError: lambda e: short_sentence(redact(str(e))),
}


def short_sentence(text: str) -> str:
    """``text`` on one line, cut to the limit."""
    text = " ".join(str(text).split())
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def sentence(error: BaseException) -> str:
    """One translated sentence of at most 200 characters with the next step. Any thread."""
    for kind in type(error).__mro__:
        make = _SENTENCES.get(kind)
        if make is not None:
            return short_sentence(make(error))
    if isinstance(error, MemoryError):
        return tr("There is not enough memory for this. Choose a smaller region and try again.")
    return tr("Something went wrong that was not foreseen. See the log under Terralogue, then try again.")
