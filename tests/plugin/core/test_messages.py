"""Every error as one sentence: short, with a next step, without folders."""

import inspect

import pytest

from terralogue.models import errors as model
from terralogue.plugin.core import errors as plugin
from terralogue.plugin.core import log
from terralogue.plugin.core.messages import LIMIT, sentence, short_name
from terralogue.plugin.environment.errors import InstallError

SECRET = "/home/anna/private"
LONG = "x" * 500

EXPORT_KINDS = (
    "empty exists folder no-folder no-results read-only reserved locked open not-geopackage disk-full incomplete format crs "
    "transform too-large something-new"
).split()

DOWNLOAD_KINDS = "offline network tls status busy portal length digest redirect locked read-only path something-new".split()


def examples():
    for name in (f"{SECRET}/scene.tif", LONG, "", "C:\\Users\\Anna\\private\\scene.tif", "a\nb"):
        yield model.RasterUnreadable(name, f"{SECRET} is broken")
        yield model.RasterUnreadable(name, "x", 0.123)
        yield model.NothingToAnalyse(name)
        yield model.CrsMissing(name)
        yield model.UnsupportedPixels(name, "complex numbers")
        yield model.ModelMissing(name)
        yield model.ModelDigestError(name, "a" * 64, "b" * 64)
        yield model.ModelUnreadable(name, LONG)
        for kind in ("missing", "changed", "damaged", "elsewhere", "task", "converter", "runtime"):
            yield model.UserModelRefused(name, kind, LONG)
        yield model.RuntimeMissing(name)
        yield model.TunedClassUnreadable(name, LONG)
        yield model.TunedForAnotherModel(name, "a" * 64, "b" * 64)
        for kind in DOWNLOAD_KINDS:
            yield model.DownloadFailed(name, kind, SECRET)
        for kind in ("pickle", "code", "links"):
            yield model.UserModelRefused(name, kind, SECRET)
        yield model.MemoryShort(name, LONG)
        yield model.EncoderUnusable(name, LONG)
        yield model.WeightsRefused(name, LONG)
        yield model.IndexUnreadable(name, LONG)
        yield model.IndexForAnotherModel(name, name, name)
        yield model.IndexEmpty(name)
        yield model.IndexBusy(name)
        yield model.KnowledgeUnreadable(name, LONG)
        yield model.KnowledgeEmpty(name)
        yield model.ArchiveRefused(name, LONG)
        yield model.CatalogueInvalid(name, LONG)
        yield model.ModelInUse(name)
        yield model.ModelInUse(name, "masks")
        yield model.PromptOutside(name, False)
        yield model.PromptOutside(name, True)
        yield plugin.AreaTooLarge(name, 10**12, 16_000_000)
        yield plugin.NoRegion(name)
        yield plugin.DatesUnknown([name])
        yield plugin.DatesUnknown([name, name], "2012-06-01")
        yield plugin.WebLayerUnreadable(name, 3)
        yield plugin.ResultLost(name)
        for reason in ("invalid", "complex", "gone", "empty", "kind"):
            yield plugin.LayerUnsupported(name, reason)
        yield plugin.RasterChanged(name)
        for reason in ("gone", "kind", "read-only", "format", "elsewhere", "locked", "crs", "refused", "something-new"):
            yield plugin.TargetUnwritable(name, reason, name)
        for kind in EXPORT_KINDS:
            yield plugin.ExportFailed(kind, name, SECRET)
    yield model.Cancelled()
    kept = model.Cancelled()
    kept.kept = True
    yield kept
    yield model.DatesDisjoint((0, 0, 1, 1), (2, 2, 3, 3))
    yield model.UnknownConcept(LONG, ("building",) * 30)
    yield model.UnknownConcept("airport", ())
    yield model.QuestionUnclear("Choose two layers to compare." + LONG)
    yield model.TuningImpossible("There is only one polygon; draw at least a few." + LONG)
    yield model.StorageFull(10**10, 10**6)
    yield model.TooManyPrompts(64)
    yield plugin.ProjectClosed()
    yield InstallError(f"The folder {SECRET} cannot be written. " + LONG)
    yield ValueError(SECRET)
    yield MemoryError()
    yield KeyError("x")


@pytest.mark.parametrize("error", list(examples()), ids=lambda error: type(error).__name__)
def test_a_sentence_is_short_whole_and_names_no_folder(qgis_app, error):
    text = sentence(error)
    assert 10 < len(text) <= LIMIT and "\n" not in text
    assert SECRET not in text and "Users" not in text and "anna" not in text.lower()
    assert text[-1] in ".…" and "{" not in text


def test_every_typed_error_has_a_sentence_of_its_own(qgis_app):
    generic = sentence(Exception())
    said = {type(error) for error in examples() if sentence(error) != generic}
    for module, root in ((model, model.TerralogueError), (plugin, plugin.PluginError)):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, root) and kind not in (root, plugin.ResultLost):
                assert kind in said, f"{kind.__name__} falls through to the generic sentence"


def test_a_long_name_keeps_its_ends():
    assert short_name("a" * 40 + "b" * 40).startswith("aaaa") and short_name("a" * 40 + "b" * 40).endswith("bbbb")


@pytest.mark.parametrize(
    "text, kept, gone",
    [
        ("open /home/anna/x.tif failed", "x.tif", "anna"),
        (r"open C:\Users\Anna Maria\x.tif failed", "x.tif", "Anna"),
        ("\\\\server\\share\\x.tif", "x.tif", "share"),
        ("GET https://anna:geheim@tiles.example/wms?token=abc", "tiles.example", "geheim"),
        ("GET https://tiles.example/wms?key=abc", "tiles.example", "abc"),
        ("'/tmp/a b/ü.tif' and '/var/c.tif'", "c.tif", "a b"),
        ("~/private/x.tif", "x.tif", "private"),
    ],
)
def test_the_log_holds_no_folders_and_no_keys(text, kept, gone):
    assert kept in log.redact(text) and gone not in log.redact(text)


def test_plain_text_passes_the_log_unchanged():
    assert log.redact("ratio 3 / 4, EPSG:32632, 50 %, a.b.c") == "ratio 3 / 4, EPSG:32632, 50 %, a.b.c"


def test_an_error_is_logged_with_its_cause(qgis_app, log_lines):
    try:
        try:
            raise OSError("/home/anna/x.tif is gone")
        except OSError as cause:
            raise model.RasterUnreadable("x.tif", "gone") from cause
    except model.RasterUnreadable as error:
        log.error(error, "reading")
    assert len(log_lines) == 1
    assert "OSError" in log_lines[0] and "While reading" in log_lines[0] and "anna" not in log_lines[0]
