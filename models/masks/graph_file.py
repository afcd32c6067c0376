"""What an ONNX file says about itself, read without loading it: a walk over its protobuf that skips the weights.

Inputs, outputs, metadata and, above all, the files that its weights are kept in: the runtime opens those wherever they
point to, so they are looked at first (onnx.proto3 of ONNX IR version 10 gives the field numbers).
"""

import mmap
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple, Union

from ..errors import UserModelRefused

#: A graph within a graph within a graph: deeper than this is no model.
_DEEPEST = 40
#: Fields that hold further messages with tensors in them, by kind of message: number → kind.
_WITHIN = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
}
#: Element types of tensors, as far as they are told apart here.
FLOAT, UINT8, INT64 = 1, 2, 7
_EXTERNAL = 1

Dimension = Union[int, str]
Value = Union[int, Tuple[int, int]]


@dataclass(frozen=True)
class Port:
    """An input or output: ``kind`` is the number of its element type; symbolic or unknown dimensions are text."""

    kind: int
    shape: Tuple[Dimension, ...]


@dataclass
class GraphFile:
    """``inputs`` and ``outputs`` by name, in order; ``steps``: (operator, inputs, outputs) of every node at the top.

    ``small``: the numbers of float weights of at most 16 elements; ``external``: the files in which other weights are.
    """

    path: Path
    inputs: Dict[str, Port] = field(default_factory=dict)
    outputs: Dict[str, Port] = field(default_factory=dict)
    metadata: Dict[str, str] = field(default_factory=dict)
    steps: List[Tuple[str, Tuple[str, ...], Tuple[str, ...]]] = field(default_factory=list)
    small: Dict[str, Tuple[float, ...]] = field(default_factory=dict)
    external: Tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "GraphFile":
        """Outline of the file at ``path``; milliseconds, memory independent of its size.

        Raises UserModelRefused for what is absent, no ONNX file or cut off, or keeps weights in a file that is not a plain
        one beside it (absolute, in another folder, a link).
        """
        try:
            with open(path, "rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
                graph = _Walk(path, data).graph()
        except FileNotFoundError as error:
            raise UserModelRefused(str(path), "missing", "there is no such file") from error
        except ValueError as error:
            # An empty file cannot be mapped.
            raise UserModelRefused(str(path), "damaged", "the file is empty") from error
        except OSError as error:
            raise UserModelRefused(str(path), "damaged", str(error)) from error
        for name in graph.external:
            _check_beside(path, name)
        return graph

    @property
    def files(self) -> Tuple[str, ...]:
        """Names of all files that it is made of."""
        return (self.path.name, *self.external)


class _Walk:
    def __init__(self, path: Path, data: mmap.mmap) -> None:
        self._path, self._data = path, data
        self._found = GraphFile(path)
        self._external: Dict[str, None] = {}
        self._weights: Dict[str, None] = {}
        self._seen = {7: False, 8: False}

    def graph(self) -> GraphFile:
        self._message("model", 0, len(self._data), 0)
        if not self._seen[7] or not self._found.outputs:
            raise self._broken("it is not an ONNX model")
        if not self._seen[8]:
            raise self._broken("the file is cut off: it does not say which operators it is written in")
        for name in self._weights:
            # Older files list their weights among the inputs.
            self._found.inputs.pop(name, None)
        self._found.external = tuple(self._external)
        return self._found

    def _message(self, kind: str, start: int, end: int, depth: int) -> None:
        if depth > _DEEPEST:
            raise self._broken("its graphs are nested too deeply")
        within = _WITHIN.get(kind, {})
        top = depth == 1
        for number, value in self._fields(start, end):
            if isinstance(value, int):
                continue
            inner = within.get(number)
            if kind == "model" and number in self._seen:
                self._seen[number] = True
            if inner == "tensor":
                self._tensor(*value, top)
            elif inner is not None:
                self._message(inner, *value, depth + 1)
            if inner == "node" and kind == "graph" and top:
                self._step(*value)
            elif kind == "graph" and top and number in (11, 12):
                self._port(self._found.inputs if number == 11 else self._found.outputs, *value)
            elif kind == "model" and number == 14:
                key, text = self._pair(*value)
                self._found.metadata[key] = text

    def _tensor(self, start: int, end: int, top: bool) -> None:
        name, kind, sizes, raw, floats, external, location = "", 0, [], None, [], {}, 0
        for number, value in self._fields(start, end):
            if isinstance(value, int):
                if number == 1:
                    sizes.append(value)
                elif number == 2:
                    kind = value
                elif number == 14:
                    location = value
            elif number == 1:
                sizes.extend(self._varints(*value))
            elif number == 4:
                floats.append(value)
            elif number == 8:
                name = self._text(*value)
            elif number == 9:
                raw = value
            elif number == 13:
                key, text = self._pair(*value)
                external[key] = text
        if location == _EXTERNAL or external:
            self._external[external.get("location", "")] = None
        if not top:
            return
        if name:
            self._weights[name] = None
        count = 1
        for size in sizes:
            count *= size
        packed = raw or (floats[0] if len(floats) == 1 else None)
        if kind == FLOAT and 0 < count <= 16 and packed and packed[1] - packed[0] == 4 * count:
            self._found.small[name] = struct.unpack(f"<{count}f", self._data[packed[0]:packed[1]])

    def _step(self, start: int, end: int) -> None:
        inputs, outputs, operator = [], [], ""
        for number, value in self._fields(start, end):
            if isinstance(value, int):
                continue
            if number == 1:
                inputs.append(self._text(*value))
            elif number == 2:
                outputs.append(self._text(*value))
            elif number == 4:
                operator = self._text(*value)
        self._found.steps.append((operator, tuple(inputs), tuple(outputs)))

    def _port(self, ports: Dict[str, Port], start: int, end: int) -> None:
        name, kind, shape = "", 0, []
        for number, value in self._parts(start, end):
            if number == 1:
                name = self._text(*value)
            elif number == 2:
                # TypeProto → its tensor type → element type and TensorShapeProto → dimensions.
                for _, tensor in self._parts(*value, only=1):
                    for inner, part in self._fields(*tensor):
                        if inner == 1 and isinstance(part, int):
                            kind = part
                        elif inner == 2 and not isinstance(part, int):
                            shape = [self._dimension(*size) for _, size in self._parts(*part, only=1)]
        ports[name] = Port(kind, tuple(shape))

    def _dimension(self, start: int, end: int) -> Dimension:
        for number, value in self._fields(start, end):
            if number == 1 and isinstance(value, int):
                return value
            if number == 2 and not isinstance(value, int):
                return self._text(*value)
        return ""

    def _pair(self, start: int, end: int) -> Tuple[str, str]:
        texts = {number: self._text(*value) for number, value in self._parts(start, end)}
        return texts.get(1, ""), texts.get(2, "")

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode("utf-8", "replace")

    def _varints(self, start: int, end: int) -> List[int]:
        values = []
        while start < end:
            value, start = self._varint(start, end)
            values.append(value)
        return values

    def _parts(self, start: int, end: int, only: Optional[int] = None) -> Iterator[Tuple[int, Tuple[int, int]]]:
        for number, value in self._fields(start, end):
            if not isinstance(value, int) and only in (None, number):
                yield number, value

    def _fields(self, start: int, end: int) -> Iterator[Tuple[int, Value]]:
        """(number, value) of every field: a whole number, or the (start, end) of its bytes."""
        while start < end:
            tag, start = self._varint(start, end)
            number, wire = tag >> 3, tag & 7
            if wire == 0:
                value, start = self._varint(start, end)
                yield number, value
                continue
            if wire == 2:
                size, start = self._varint(start, end)
            elif wire in (1, 5):
                size = 8 if wire == 1 else 4
            else:
                raise self._broken("it is not an ONNX model")
            if number == 0 or size > end - start:
                raise self._broken("the file is cut off or is not an ONNX model")
            yield number, (start, start + size)
            start += size

    def _varint(self, start: int, end: int) -> Tuple[int, int]:
        value = 0
        for shift in range(0, 70, 7):
            if start >= end:
                break
            byte = self._data[start]
            start += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, start
        raise self._broken("the file is cut off or is not an ONNX model")

    def _broken(self, reason: str) -> UserModelRefused:
        return UserModelRefused(str(self._path), "damaged", reason)


def _check_beside(path: Path, name: str) -> None:
    """Raises UserModelRefused unless ``name`` is a plain file in the folder of ``path``, itself and not a link to another."""
    refusal = f"it keeps weights in “{name[:60]}”; only a plain file beside the model is read"
    if not name or name in (".", "..") or any(sign in name for sign in "/\\:\0"):
        raise UserModelRefused(str(path), "elsewhere", refusal)
    beside = path.parent / name
    if beside.is_symlink() or (beside.exists() and (not beside.is_file() or beside.stat().st_nlink > 1)):
        raise UserModelRefused(str(path), "elsewhere", refusal)
    if not beside.is_file():
        raise UserModelRefused(str(beside), "missing", "there is no such file")
