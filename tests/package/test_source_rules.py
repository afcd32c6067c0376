"""Rules of source that keep one plugin running on Python 3.9 to 3.13, Qt5 and Qt6, QGIS 3.22 to 4.x."""

import ast
import enum
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = sorted(
    path
    for folder in ("plugin", "models")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
) + [ROOT / "__init__.py"]
PLUGIN = [path for path in SHIPPED if "plugin" in path.relative_to(ROOT).parts]

#: Members that exist on 3.22 only unscoped (and, patched by QGIS, on Qt6 too).
UNSCOPED_ALLOWED = {"QVariant"}
#: What pyqt5_to_pyqt6.py rewrites or warns about: gone or different in Qt6.
GONE_IN_QT6 = {
    r"\.exec_\(": "exec()",
    r"\bQRegExp\b": "QRegularExpression",
    r"\bQDesktopWidget\b": "QScreen",
    r"\bfontMetrics\(\)\.width\(": "horizontalAdvance()",
    r"\bQt\.MidButton\b": "Qt.MouseButton.MiddleButton",
    r"\bresources_rc\b": "load resources by path",
    r"\bqgis\.PyQt\.Qt\b(?!\w)": "qgis.PyQt.QtCore",
    r"\bQVariant\(\)": "qgis.core.NULL",
    r"\bQWebView\b|\bQWebEngine": "QTextBrowser",
}


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SHIPPED, ids=_named)
def test_every_shipped_file_parses_as_python_3_9(path):
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path), feature_version=(3, 9))
    lazy = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" and any(a.name == "annotations" for a in node.names)
        for node in ast.walk(tree)
    )
    if lazy:
        return
    for node in ast.walk(tree):  # `int | None` in an annotation parses, and raises TypeError when 3.9 imports it
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for part in ast.walk(annotation) if annotation is not None else ():
                assert not (isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitOr)), (
                    f"{_named(path)}:{node.lineno}: X | Y needs Python 3.10 at run time; write Optional or Union"
                )


@pytest.mark.parametrize("path", SHIPPED, ids=_named)
def test_imports_inside_the_package_are_relative(path):
    """The folder name is the package name: `import models` or `import terralogue` would depend on where it lies."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] not in ("terralogue", "models", "plugin"), f"{_named(path)}:{node.lineno}: {name}"


@pytest.mark.parametrize("path", PLUGIN, ids=_named)
def test_nothing_that_qt6_removed_is_used(path):
    text = path.read_text(encoding="utf-8")
    for pattern, instead in GONE_IN_QT6.items():
        for found in re.finditer(pattern, text):
            line = text.count("\n", 0, found.start()) + 1
            raise AssertionError(f"{_named(path)}:{line}: {found.group()} → {instead}")


def _imported(tree: ast.AST) -> dict:
    """{local name: object} of everything a file takes from qgis; a name tried for (newer QGIS) may be absent here."""
    tried = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        for statement in node.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("qgis"):
            module = importlib.import_module(node.module)
            for alias in node.names:
                if hasattr(module, alias.name) or alias.name not in tried:
                    names[alias.asname or alias.name] = getattr(module, alias.name)
    return names


def _chain(node: ast.Attribute):
    """("Qt", ["ItemDataRole", "UserRole"]) for Qt.ItemDataRole.UserRole; None if it does not start at a name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return (node.id, parts) if isinstance(node, ast.Name) else None


def _is_enum_member(value: object) -> bool:
    return isinstance(value, enum.Enum) or type(type(value)).__name__ == "enumtype"


def unresolved_or_unscoped(source: str) -> list:
    """Complaints about the dotted Qt and QGIS names of ``source``."""
    tree = ast.parse(source)
    names = _imported(tree)
    complaints = []
    for node in ast.walk(tree):
        found = _chain(node) if isinstance(node, ast.Attribute) else None
        if not found or found[0] not in names:
            continue
        holder, path = names[found[0]], found[0]
        for part in found[1]:
            if not isinstance(holder, type):
                break
            if part[0].isupper() and not hasattr(holder, part):
                complaints.append(f"line {node.lineno}: {path}.{part} does not exist on this QGIS")
                break
            value = getattr(holder, part, None)
            if _is_enum_member(value) and type(value) is not holder and found[0] not in UNSCOPED_ALLOWED:
                complaints.append(f"line {node.lineno}: {path}.{part} needs its enum: {type(value).__qualname__}")
                break
            holder, path = value, f"{path}.{part}"
    return sorted(set(complaints))


@pytest.mark.parametrize("path", PLUGIN, ids=_named)
def test_every_dotted_qt_and_qgis_name_exists_here_and_every_enum_is_scoped(path):
    assert unresolved_or_unscoped(path.read_text(encoding="utf-8")) == []


def test_the_enum_check_itself_sees_a_wrong_and_an_unscoped_name():
    wrong = "from qgis.PyQt.QtCore import Qt\nQt.ItemDataRole.NoSuchRole\n"
    unscoped = "from qgis.PyQt.QtCore import Qt\nQt.UserRole\nfrom qgis.core import QgsWkbTypes\nQgsWkbTypes.PolygonGeometry\n"
    right = "from qgis.PyQt.QtCore import Qt\nQt.ItemDataRole.UserRole\n"
    assert len(unresolved_or_unscoped(wrong)) == 1
    assert len(unresolved_or_unscoped(unscoped)) == 2
    assert unresolved_or_unscoped(right) == []


def test_no_compiled_qt_resources():
    assert not [p for p in ROOT.rglob("*.qrc") if "build" not in p.relative_to(ROOT).parts]
