"""Collects every tr() string of the plugin into ``i18n/terralogue_<language>.ts`` and compiles them (``make i18n``).

``update_translations.py [LANGUAGE…]``: the languages that are there, and those named. Translations are kept; strings that
are gone are dropped; a text translated once is translated everywhere it stands.

pylupdate is not enough: PyQt's ``self.tr`` asks for the class of the *instance*, so a text in a base class is needed under
the name of every subclass, and the algorithms share one context.
"""

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Optional, Set
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "i18n"
#: The context of ``plugin/core/messages.tr`` and of the algorithms' own ``tr``.
SHARED = "Terralogue"


class Entry(NamedTuple):
    """One text to translate, as Qt asks for it."""

    context: str
    source: str
    file: str


class Untranslatable(Exception):
    """A tr() call whose text or context cannot be known before it runs."""


def collect(plugin: Path = ROOT / "plugin") -> List[Entry]:
    """Every text of the plugin with every context it is asked for in, sorted. Raises Untranslatable."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(plugin.rglob("*.py"))}
    classes = _Classes(trees.values())
    found: Dict[tuple, Entry] = {}
    for path, tree in trees.items():
        name = path.relative_to(plugin.parent).as_posix()
        for call, inside, function in _calls(tree):
            named = getattr(call.func, "attr", "tr") == "translate"  # translate(context, text), tr(text)
            source = _literal(call.args[1 if named else 0], name)
            for context in classes.contexts(call, inside, function, name):
                found.setdefault((context, source), Entry(context, source, name))
    return sorted(found.values())


def _calls(node: ast.AST, inside: str = "", function: Optional[ast.AST] = None) -> Iterator[tuple]:
    """(call, name of the class around it, function around it) for every tr() and translate() that is called."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _calls(child, child.name, None)
        elif isinstance(child, ast.FunctionDef):
            if child.name != "tr":  # the definition itself hands on a variable
                yield from _calls(child, inside, child if function is None else function)
        else:
            if isinstance(child, ast.Call):
                called = child.func
                if (isinstance(called, ast.Name) and called.id == "tr") or (
                    isinstance(called, ast.Attribute)
                    and (called.attr == "tr" or (called.attr == "translate" and _is_application(called.value)))
                ):
                    yield child, inside, function
            yield from _calls(child, inside, function)


def _is_application(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("QCoreApplication", "QgsApplication", "QApplication")


def _literal(node: ast.AST, file: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise Untranslatable(f"{file}:{node.lineno}: tr() needs the text itself, not a variable or an f-string")


class _Classes:
    """Who inherits from whom, to know under which names ``self.tr`` may ask."""

    def __init__(self, trees) -> None:
        self._children: Dict[str, Set[str]] = {}
        self._own: Set[str] = set()
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    for base in node.bases:
                        name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
                        self._children.setdefault(name, set()).add(node.name)
                    if any(isinstance(part, ast.FunctionDef) and part.name == "tr" for part in node.body):
                        self._own |= {node.name}
        self._own = set().union(*(self._family(name) for name in self._own)) if self._own else set()

    def _family(self, name: str) -> Set[str]:
        return {name}.union(*(self._family(child) for child in self._children.get(name, ())))

    def contexts(self, call: ast.Call, inside: str, function: Optional[ast.AST], file: str) -> Set[str]:
        """The contexts in which Qt looks the text of ``call`` up."""
        if isinstance(call.func, ast.Name):
            return {SHARED}
        if call.func.attr == "translate":
            return {_literal(call.args[0], file)}
        receiver = getattr(call.func.value, "id", "")
        holder = inside if receiver == "self" else _annotation(function, receiver)
        if not holder:
            raise Untranslatable(f"{file}:{call.lineno}: say of which class {receiver or 'this object'} is")
        family = self._family(holder)
        return {SHARED} if family & self._own else family


def _annotation(function: Optional[ast.AST], name: str) -> str:
    """The class that the signature of ``function`` gives its parameter ``name``."""
    for argument in function.args.args if function is not None else ():
        if argument.arg == name and isinstance(argument.annotation, ast.Name):
            return argument.annotation.id
    return ""


def read(path: Path) -> Dict[tuple, str]:
    """{(context, source): translation} of a ``.ts`` file; unfinished ones are left out."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            target = message.find("translation")
            if target is not None and target.get("type") is None and target.text:
                found[context.findtext("name"), message.findtext("source")] = target.text
    return found


def write(path: Path, language: str, entries: List[Entry], known: Dict[tuple, str]) -> int:
    """Write ``path``; returns how many texts have no translation yet."""
    by_source = {source: text for (_context, source), text in known.items()}
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>",
             f'<TS version="2.1" language="{language}" sourcelanguage="en">']  # fmt: skip
    missing, last = 0, None
    for entry in entries:
        if entry.context != last:
            lines += ["</context>"] * (last is not None) + ["<context>", f"    <name>{entry.context}</name>"]
            last = entry.context
        text = known.get((entry.context, entry.source)) or by_source.get(entry.source)
        missing += text is None
        target = '<translation type="unfinished"/>' if text is None else f"<translation>{escape(text)}</translation>"
        lines += ["    <message>", f'        <location filename="../{entry.file}"/>',
                  f"        <source>{escape(entry.source)}</source>", f"        {target}", "    </message>"]  # fmt: skip
    path.write_text("\n".join([*lines, "</context>", "</TS>", ""]), encoding="utf-8", newline="\n")
    return missing


def compile_to(source: Path, target: Path) -> None:
    """``.ts`` to the ``.qm`` that Qt loads. Raises subprocess.CalledProcessError."""
    lrelease = shutil.which("lrelease") or shutil.which("lrelease-qt5") or "/usr/lib/qt5/bin/lrelease"
    subprocess.run([lrelease, "-silent", str(source), "-qm", str(target)], check=True)


def main(languages: List[str]) -> int:
    """Update and compile every language."""
    FOLDER.mkdir(exist_ok=True)
    entries = collect()
    there = {path.stem.split("_", 1)[1] for path in FOLDER.glob("terralogue_*.ts")}
    for language in sorted(there | set(languages)):
        path = FOLDER / f"terralogue_{language}.ts"
        missing = write(path, language, entries, read(path) if path.exists() else {})
        compile_to(path, path.with_suffix(".qm"))
        print(f"{path.relative_to(ROOT)}: {len(entries)} texts, {missing} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
