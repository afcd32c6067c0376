"""Pairs of graphs with the inputs and outputs of the SAM family whose answers can be said beforehand.

The embedding is the image itself; a mask is where the image is bright, moved by where the first point lies.
"""

import numpy as np
import tiny_onnx as onnx

SIDE = 64


def encoder(path, name="image", channels_last=False, baked=False, side=SIDE, gives="image_embeddings"):
    """Hands on what it reads. ``baked``: subtracts ImageNet's mean itself."""
    shape = ("height", "width", 3) if channels_last else (1, 3, side, side)
    nodes, weights, last = [], {}, name
    if channels_last:
        nodes.append(onnx.node("Transpose", [last], ["chw"], perm=[2, 0, 1]))
        nodes.append(onnx.node("Unsqueeze", ["chw", "axis"], ["batch"]))
        weights["axis"] = np.array([0], np.int64)
        last = "batch"
    if baked or channels_last:
        weights["mean"] = np.array([123.675, 116.28, 103.53], np.float32).reshape(1, 3, 1, 1)
        nodes.append(onnx.node("Sub", [last, "mean"], ["less"]))
        last = "less"
    nodes.append(onnx.node("Identity", [last], [gives]))
    port = ("float32", (1, 3, "h", "w") if channels_last else (1, 3, side, side))
    path.write_bytes(onnx.model(nodes, {name: ("float32", shape)}, {gives: port}, weights))
    return path


def decoder(path, masks=4, quality=(0.5, 0.3, 0.9, 0.6), side=SIDE, embedding="image_embeddings", size=True):
    """Mask i is ``has_mask_input`` × ``mask_input`` + (x of the first point − column) + i, of the frame at a quarter.

    So in a frame all of it left of the first point is in it. ``masks`` are those too where ``size`` is not asked for,
    else they are resized to it as a decoder does.
    """
    quarter = side // 4
    columns = (np.arange(quarter, dtype=np.float32) * 4 + 1.5).reshape(1, 1, 1, -1)
    weights = {
        "columns": np.broadcast_to(columns, (1, masks, quarter, quarter)).copy(),
        "steps": np.arange(masks, dtype=np.float32).reshape(1, masks, 1, 1),
        "quality": np.array([quality[:masks]], np.float32),
        "zero": np.array([0], np.int64), "one": np.array([1], np.int64), "two": np.array([2], np.int64),
        "cell": np.array([1, 1, 1, 1], np.int64),
    }
    nodes = [
        # The first point's x, whatever the number of points.
        onnx.node("Slice", ["point_coords", "zero", "one", "two"], ["xs"]),
        onnx.node("Slice", ["xs", "zero", "one", "one"], ["x"]),
        onnx.node("Reshape", ["x", "cell"], ["x4"]),
        onnx.node("Sub", ["x4", "columns"], ["left"]),
        onnx.node("Add", ["left", "steps"], ["placed"]),
        onnx.node("Mul", ["mask_input", "has_mask_input"], ["remembered"]),
        onnx.node("Add", ["placed", "remembered"], ["added"]),
        # Every input is used: the runtime drops what is not.
        onnx.node("ReduceSum", [embedding], ["of_image"], keepdims=0),
        onnx.node("ReduceSum", ["point_labels"], ["of_labels"], keepdims=0),
        onnx.node("Add", ["of_image", "of_labels"], ["both"]),
        onnx.node("Mul", ["both", "nought"], ["nothing"]),
        onnx.node("Add", ["added", "nothing"], ["low_res_masks" if size else "masks"]),
        onnx.node("Identity", ["quality"], ["iou_predictions"]),
    ]
    weights["nought"] = np.array(0, np.float32)
    inputs = {
        embedding: ("float32", (1, 3, side, side)), "point_coords": ("float32", (1, "n", 2)),
        "point_labels": ("float32", (1, "n")), "mask_input": ("float32", (1, 1, quarter, quarter)),
        "has_mask_input": ("float32", (1,)),
    }
    outputs = {"masks": ("float32", (1, masks, "h", "w")), "iou_predictions": ("float32", (1, masks))}
    if size:
        inputs["orig_im_size"] = ("float32", (2,))
        outputs["low_res_masks"] = ("float32", (1, masks, quarter, quarter))
        weights["batch"] = np.array([1, masks], np.int64)
        nodes += [
            onnx.node("Cast", ["orig_im_size"], ["hw"], to=7),
            onnx.node("Concat", ["batch", "hw"], ["target"], axis=0),
            onnx.node("Resize", ["low_res_masks", "", "", "target"], ["masks"], mode="linear",
                      coordinate_transformation_mode="half_pixel"),
        ]
    path.write_bytes(onnx.model(nodes, inputs, outputs, weights))
    return path


def pair(folder, **options):
    """A folder with an encoder and a decoder of SAM's own names."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder(folder / "encoder.onnx")
    decoder(folder / "decoder.onnx", **options)
    return folder
