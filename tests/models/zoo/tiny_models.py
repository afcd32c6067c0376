"""Segmentors and detectors of a few nodes, whose answers on a drawn raster are known to the pixel."""

import json

import numpy as np
import tiny_onnx as onnx

TILE = 128


def save(path, nodes, weights, output, metadata, tile=TILE, bands=3, kind="float32"):
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in metadata.items()}
    path.write_bytes(onnx.model(
        nodes, {"image": ("float32", (1, bands, tile, tile))}, {"out": (kind, output)}, weights, texts))
    return path


def bright(path, tile=TILE, edge=0.0, logits=False, **metadata):
    """One class: the mean of the bands exceeds one half. ``edge``: what is added near the tile's edges, before a clip
    instead of the step; ``logits``: gives what becomes a probability."""
    weights = {"half": np.array(0.5, np.float32)}
    nodes = [onnx.node("ReduceMean", ["image"], ["mean"], axes=[1], keepdims=1)]
    if edge:
        away = np.minimum(np.arange(tile), np.arange(tile)[::-1])
        ring = np.maximum(0, 1 - np.minimum(away[:, None], away[None]) / (0.1 * tile))
        weights["ring"] = (edge * ring).astype(np.float32).reshape(1, 1, tile, tile)
        weights["low"], weights["high"] = np.array(0, np.float32), np.array(1, np.float32)
        nodes += [onnx.node("Add", ["mean", "ring"], ["added"]), onnx.node("Clip", ["added", "low", "high"], ["out"])]
    elif logits:
        weights["steep"] = np.array(40, np.float32)
        nodes += [onnx.node("Sub", ["mean", "half"], ["less"]), onnx.node("Mul", ["less", "steep"], ["out"])]
    else:
        nodes += [onnx.node("Greater", ["mean", "half"], ["yes"]), onnx.node("Cast", ["yes"], ["out"], to=1)]
    return save(path, nodes, weights, (1, 1, tile, tile), {"model_type": "Segmentor", **metadata}, tile)


def three(path, tile=TILE, softmax=False, small=False, numbers=False, **metadata):
    """Three classes: dark, middle and bright, around 0.1, 0.5 and 0.9. ``small``: at half the tile's size; ``numbers``: the
    number of the best class instead of scores."""
    centres = np.array([0.1, 0.5, 0.9])
    weights = {
        "w": np.repeat((60 * 2 * centres / 3)[:, None], 3, axis=1).astype(np.float32).reshape(3, 3, 1, 1),
        "b": (-60 * centres**2).astype(np.float32),
    }
    nodes = [onnx.node("Conv", ["image", "w", "b"], ["logits"])]
    last = "logits"
    if small:
        nodes.append(onnx.node("AveragePool", [last], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]))
        last = "pooled"
    if numbers:
        nodes.append(onnx.node("ArgMax", [last], ["out"], axis=1, keepdims=1))
    else:
        nodes.append(onnx.node("Softmax", [last], ["out"], axis=1) if softmax else onnx.node("Identity", [last], ["out"]))
    side = tile // 2 if small else tile
    kind = "int64" if numbers else "float32"
    shape = (1, 1 if numbers else 3, side, side)
    return save(path, nodes, weights, shape, {"model_type": "Segmentor", **metadata}, tile, kind=kind)


def squares(path, layout="v5", tile=TILE, **metadata):
    """Finds squares of 16 px, red ones (class 0) and blue ones (class 1), on a dark ground, every 4 px."""
    across = (tile - 16) // 4 + 1
    count = across**2
    kernel = np.zeros((2, 3, 16, 16), np.float32)
    kernel[0, 0], kernel[1, 2] = 1 / 256, 1 / 256
    place = np.arange(across) * 4 + 8.0
    boxes = np.zeros((1, count, 4), np.float32)
    boxes[0, :, 0], boxes[0, :, 1] = np.tile(place, across), np.repeat(place, across)
    boxes[0, :, 2:] = 16
    upright = layout == "ultralytics"
    weights = {"w": kernel, "flat": np.array([1, 2, count], np.int64),
               "boxes": boxes.transpose(0, 2, 1).copy() if upright else boxes}
    nodes = [onnx.node("Conv", ["image", "w"], ["seen"], strides=[4, 4]), onnx.node("Reshape", ["seen", "flat"], ["flat_seen"])]
    if upright:
        nodes.append(onnx.node("Concat", ["boxes", "flat_seen"], ["out"], axis=1))
        shape = (1, 6, count)
    else:
        nodes += [
            onnx.node("Transpose", ["flat_seen"], ["classes"], perm=[0, 2, 1]),
            onnx.node("ReduceMax", ["classes"], ["sure"], axes=[2], keepdims=1),
            onnx.node("Concat", ["boxes", "sure", "classes"], ["out"], axis=2),
        ]
        shape = (1, count, 7)
    return save(path, nodes, weights, shape, {"model_type": "Detector", **metadata}, tile)
