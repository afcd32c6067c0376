"""What changing outlines did, in sentences with numbers."""

from typing import TYPE_CHECKING, List

from qgis.PyQt.QtCore import QLocale

from .messages import tr

if TYPE_CHECKING:
    from ...models.polygons.options import ShapeReport


def _percent(share: float) -> str:
    text = QLocale().toString(100 * share, "f", 2)
    return "+" + text if share > 0 else text


def outline_sentences(report: "ShapeReport") -> List[str]:
    """Translated; the area error of all outlines and of the worst is always said."""
    if not report.lattice:
        return [tr("The outlines do not follow pixels and were left as they are.")]
    said = []
    if report.narrow_pixels:
        said.append(tr("{pixels} pixels were left out, in parts too narrow.").format(pixels=report.narrow_pixels))
    if report.vanished:
        said.append(tr("Of {count} objects nothing was left.").format(count=report.vanished))
    if report.holes:
        said.append(tr("{count} holes were filled.").format(count=report.holes))
    if report.simplified:
        said.append(
            tr("{count} of {all} outlines were simplified: {after} corners instead of {before}.").format(
                count=report.simplified, all=report.polygons, after=report.corners, before=report.corners_before
            )
        )
    if report.squared:
        said.append(
            tr("{count} outlines have right angles; they cover {share} % of what they and their masks cover together.").format(
                count=report.squared, share=QLocale().toString(100 * report.overlap, "f", 1)
            )
        )
    reasons = {
        "shape": tr("{count} have no right angles, because none would lie close to their mask."),
        "touching": tr("{count} have no right angles, because they share an edge with a neighbour."),
        "neighbour": tr("{count} have no right angles, because they would reach into a neighbour."),
    }
    said += [text.format(count=report.refused[key]) for key, text in reasons.items() if report.refused.get(key)]
    if report.polygons:
        total, worst = _percent(report.area_error), QLocale().toString(100 * report.largest_error, "f", 2)
        said.append(
            tr("The outlines' area is {total} % off that of the masks, of the worst one {worst} %.").format(
                total=total, worst=worst
            )
        )
    return said
