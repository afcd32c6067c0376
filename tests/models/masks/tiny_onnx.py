"""Writes small ONNX models byte by byte, so that tests need no package for it (field numbers of onnx.proto3)."""

import struct

import numpy as np

KINDS = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7}


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def whole(number, value):
    return varint(number << 3) + varint(value)


def part(number, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def pair(number, key, value):
    return part(number, part(1, key) + part(2, value))


def tensor(name, array, external=None):
    """``external``: the file that is said to hold the numbers instead."""
    array = np.asarray(array)
    out = b"".join(whole(1, size) for size in array.shape) + whole(2, KINDS[array.dtype.name]) + part(8, name)
    if external is None:
        return out + part(9, array.tobytes())
    return out + pair(13, "location", external) + whole(14, 1)


def attribute(name, value):
    if isinstance(value, bool) or isinstance(value, int):
        return part(1, name) + whole(3, value) + whole(20, 2)
    if isinstance(value, float):
        return part(1, name) + varint(2 << 3 | 5) + struct.pack("<f", value) + whole(20, 1)
    if isinstance(value, str):
        return part(1, name) + part(4, value) + whole(20, 3)
    if isinstance(value, bytes):
        # A tensor, as tensor() writes it.
        return part(1, name) + part(5, value) + whole(20, 4)
    return part(1, name) + b"".join(whole(8, item) for item in value) + whole(20, 7)


def node(operator, inputs, outputs, **attributes):
    return (
        b"".join(part(1, name) for name in inputs) + b"".join(part(2, name) for name in outputs) + part(4, operator)
        + b"".join(part(5, attribute(name, value)) for name, value in attributes.items())
    )


def port(name, kind, shape):
    sizes = b"".join(part(1, whole(1, size) if isinstance(size, int) else part(2, size)) for size in shape)
    return part(1, name) + part(2, part(1, whole(1, KINDS[kind]) + part(2, sizes)))


def model(nodes, inputs, outputs, weights=None, metadata=None, external=None, opset=17):
    """``inputs`` and ``outputs``: name → (kind, shape); ``weights``: name → array; ``external``: name → file."""
    graph = b"".join(part(1, item) for item in nodes) + part(2, "tiny")
    for name, array in (weights or {}).items():
        graph += part(5, tensor(name, array, (external or {}).get(name)))
    graph += b"".join(part(11, port(name, *what)) for name, what in inputs.items())
    graph += b"".join(part(12, port(name, *what)) for name, what in outputs.items())
    out = whole(1, 8) + part(7, graph) + part(8, part(1, "") + whole(2, opset))
    return out + b"".join(pair(14, key, value) for key, value in (metadata or {}).items())
