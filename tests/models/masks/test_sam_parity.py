"""Our path through ONNX against torch's own: masks of a small Segment Anything with random weights agree (IoU ≥ 0.99).

SAM itself is compared with ``segment_anything.Sam.forward``. SAM 2 and EfficientSAM are modules of our own with random
weights and the interface of their exports: what is compared there is the way in and out, not their networks.
"""

import importlib.util
import json

import numpy as np
import pytest

from terralogue.models.masks.engine import Prompt

pytestmark = pytest.mark.torch

SIDE = 128
#: Masks of fewer pixels than this, or that leave fewer out, say nothing about agreement.
FEWEST = 30
PROMPTS = {
    "one click": Prompt(inside=((41.0, 52.5),)),
    "another click": Prompt(inside=((88.5, 20.5),)),
    "clicks on both sides": Prompt(inside=((41.0, 52.5), (70.5, 60.5)), outside=((20.5, 75.0),)),
    "a box": Prompt(box=(20.0, 30.5, 75.5, 70.0)),
    "a box and a click outside": Prompt(box=(10.0, 15.5, 90.5, 77.0), outside=((50.5, 60.5),)),
}
#: Windows (H, W): of the frame's size, smaller than it, larger than it.
WINDOWS = ((128, 128), (90, 128), (80, 100), (200, 150))


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def made(torch, tmp_path_factory):
    """(a small Sam in torch, the engine converted from its checkpoint, the engine's folder)."""
    if importlib.util.find_spec("segment_anything") is None:
        pytest.skip("segment-anything is not installed: pip install --no-deps segment-anything")
    from terralogue.models.masks import convert_sam
    from terralogue.models.masks.installed import entry_of, open_engine
    from terralogue.models.masks.sam_shapes import SamShape

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("sam")
    sam = convert_sam.build(SamShape(SIDE, 16, 64, 3, 4, 4.0, 4, (2,), 32, 16, 4, 2, 64, 32))
    with torch.no_grad():
        for weight in sam.parameters():
            if weight.abs().max() == 0 or weight.dim() > 1:
                weight.normal_(0, 0.3)
    torch.save(sam.state_dict(), folder / "small.pth")
    convert_sam.convert(folder / "small.pth", folder / "engine", "Small SAM")
    return sam.eval(), open_engine(entry_of(folder / "engine")), folder / "engine"


def picture(shape):
    rng = np.random.default_rng(5)
    coarse = rng.random((3, 9, 9))
    rows, cols = (np.linspace(0, 8.99, n).astype(int) for n in shape)
    return np.clip(coarse[:, rows][:, :, cols] + rng.normal(0, 0.05, (3, *shape)), 0, 1).astype(np.float32)


def scaled(shape):
    return tuple(int(n * SIDE / max(shape) + 0.5) for n in shape)


def in_frame(points, shape):
    """Clicks where SAM's prompt encoder, which adds half a pixel, expects them."""
    inner = scaled(shape)
    return [(x * inner[1] / shape[1] - 0.5, y * inner[0] / shape[0] - 0.5) for x, y in points]


def reference(torch, sam, rgb, prompt, memory=None):
    """(masks (n, H, W) float32 logits, qualities, low-resolution logits) of ``Sam``, resized as ResizeLongestSide does."""
    shape = rgb.shape[1:]
    image = torch.nn.functional.interpolate(
        torch.from_numpy(rgb)[None] * 255, scaled(shape), mode="bilinear", align_corners=False, antialias=True)[0]
    asked = {"image": image, "original_size": shape}
    points = in_frame((*prompt.inside, *prompt.outside), shape)
    if points:
        asked["point_coords"] = torch.tensor([points], dtype=torch.float32)
        asked["point_labels"] = torch.tensor([[1.0] * len(prompt.inside) + [0.0] * len(prompt.outside)])
    if prompt.box is not None:
        asked["boxes"] = torch.tensor([sum(map(list, in_frame((prompt.box[:2], prompt.box[2:]), shape)), [])])
    if memory is not None:
        asked["mask_inputs"] = memory
    doubt = len(points) == 1 and prompt.box is None and memory is None
    threshold, sam.mask_threshold = sam.mask_threshold, 0.0
    with torch.no_grad():
        (out,) = sam([asked], multimask_output=doubt)
    sam.mask_threshold = threshold
    return out["masks"][0].numpy(), out["iou_predictions"][0].numpy(), out["low_res_logits"]


def iou(a, b):
    return (a & b).sum() / max(1, (a | b).sum())


def telling(mask):
    return FEWEST <= mask.sum() <= mask.size - FEWEST


@pytest.mark.parametrize("shape", WINDOWS)
@pytest.mark.parametrize("name", PROMPTS)
def test_masks_are_those_of_segment_anything(torch, made, shape, name):
    sam, engine, _ = made
    rgb, prompt = picture(shape), PROMPTS[name]
    wanted, quality, _ = reference(torch, sam, rgb, prompt)
    found = engine.decode(engine.encode(rgb), prompt)
    best = np.argsort(-quality)
    assert found and telling(wanted[best[0]])
    # Of prompts without doubt torch gives one mask, which comes first here.
    for proposal, index in zip(found, best):
        if quality[index] > 0:
            assert proposal.quality == pytest.approx(min(float(quality[index]), 1.0), abs=0.02)
        assert iou(proposal.scores >= 0.5, wanted[index]) >= 0.99


@pytest.mark.parametrize("shape", WINDOWS)
def test_refined_masks_are_those_of_segment_anything(torch, made, shape):
    sam, engine, _ = made
    rgb, first = picture(shape), PROMPTS["one click"]
    _, quality, low = reference(torch, sam, rgb, first)
    memory = low[:, int(quality.argmax())][:, None]
    second = Prompt((*first.inside, (70.5, 60.5)), ((20.5, 75.0),))
    wanted, _, _ = reference(torch, sam, rgb, second, memory)
    seen = engine.encode(rgb)
    proposal = engine.decode(seen, first)[0]
    refined = engine.decode(seen, Prompt(second.inside, second.outside, memory=proposal.memory))[0].scores >= 0.5
    assert telling(wanted[0]) and iou(refined, wanted[0]) >= 0.99
    plain = engine.decode(seen, second)[0].scores >= 0.5
    assert iou(plain, wanted[0]) < iou(refined, wanted[0]), "the memory changes nothing here"


def test_sizes_are_read_from_the_shapes_of_published_checkpoints():
    from terralogue.models.masks.sam_shapes import shape_of

    for width, depth, heads, whole in ((768, 12, 12, (2, 5, 8, 11)), (1024, 24, 16, (5, 11, 17, 23)),
                                       (1280, 32, 16, (7, 15, 23, 31))):
        shapes = {
            "image_encoder.patch_embed.proj.weight": (width, 3, 16, 16), "image_encoder.pos_embed": (1, 64, 64, width),
            "image_encoder.blocks.0.mlp.lin1.weight": (4 * width, width), "image_encoder.neck.0.weight": (256, width, 1, 1),
            "prompt_encoder.mask_downscaling.6.weight": (256, 16, 1, 1), "mask_decoder.mask_tokens.weight": (4, 256),
            "mask_decoder.transformer.layers.0.norm1.weight": (256,), "mask_decoder.transformer.layers.1.norm1.weight": (256,),
            "mask_decoder.transformer.layers.0.mlp.lin1.weight": (2048, 256),
            "mask_decoder.iou_prediction_head.layers.0.weight": (256, 256),
        }
        for index in range(depth):
            shapes[f"image_encoder.blocks.{index}.norm1.weight"] = (width,)
            shapes[f"image_encoder.blocks.{index}.attn.rel_pos_h"] = (127 if index in whole else 27, width // heads)
        found = shape_of(shapes)
        assert (found.side, found.depth, found.heads, found.window, found.whole) == (1024, depth, heads, 14, whole)


def test_a_converted_engine_says_where_it_comes_from_and_is_checked(made):
    _, engine, folder = made
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["name"] == engine.name == "Small SAM" and manifest["side"] == engine.side == SIDE
    assert manifest["source"]["file"] == "small.pth" and len(manifest["source"]["sha256"]) == 64
    assert sorted(path.name for path in folder.iterdir()) == ["SHA256SUMS", "decoder.onnx", "encoder.onnx", "manifest.json"]


def test_checkpoints_that_are_none_are_refused_and_leave_nothing(torch, made, tmp_path):
    from terralogue.models.errors import UserModelRefused
    from terralogue.models.masks.convert_sam import convert, main

    class Bomb:
        def __reduce__(self):
            return (print, ("ran",))

    sam, _, _ = made
    state = sam.state_dict()
    torch.save(state, tmp_path / "whole.pth")
    (tmp_path / "cut.pth").write_bytes((tmp_path / "whole.pth").read_bytes()[:5000])
    torch.save({"weights": Bomb()}, tmp_path / "bomb.pth")
    torch.save({name: value for name, value in state.items() if "neck" not in name}, tmp_path / "other.pth")
    torch.save({**state, "image_encoder.neck.0.weight": torch.zeros(32, 65, 1, 1)}, tmp_path / "wrong.pth")
    for name, kind in (("cut", "damaged"), ("bomb", "damaged"), ("other", "task"), ("wrong", "task"), ("none", "missing")):
        with pytest.raises(UserModelRefused) as refused:
            convert(tmp_path / f"{name}.pth", tmp_path / "out")
        assert refused.value.kind == kind, name
    assert not (tmp_path / "out").exists()
    assert main([str(tmp_path / "none.pth"), "--out", str(tmp_path / "out")]) == 1


def shaped_like(torch, sam, family):
    """Torch modules over ``sam`` with the inputs and outputs of another family's export: (encoder, decoder)."""
    from segment_anything.utils.onnx import SamOnnxModel

    functional = torch.nn.functional

    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = sam.image_encoder
            self.fine, self.middle = torch.nn.Conv2d(3, 4, 4, 4), torch.nn.Conv2d(3, 8, 8, 8)

        def forward(self, image):
            if family != "EfficientSAM":
                return self.encoder(image), self.fine(image), self.middle(image)
            resized = functional.interpolate(image, (SIDE, SIDE), mode="bilinear", align_corners=False)
            mean = torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1)
            return self.encoder((resized - mean) / torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1))

    class Decoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.sam = SamOnnxModel(sam, return_single_mask=False)
            self.fine, self.middle = torch.nn.Conv2d(4, 4, 1), torch.nn.Conv2d(8, 4, 1)

        def masks(self, embedding, coords, labels, memory, known):
            points = self.sam._embed_points(coords, labels)
            dense = self.sam._embed_masks(memory, known)
            return self.sam.model.mask_decoder.predict_masks(
                image_embeddings=embedding, image_pe=self.sam.model.prompt_encoder.get_dense_pe(),
                sparse_prompt_embeddings=points, dense_prompt_embeddings=dense)

    class Second(Decoder):
        def forward(self, image_embed, high_res_feats_0, high_res_feats_1, coords, labels, memory, known):
            low, quality = self.masks(image_embed, coords, labels, memory, known)
            middle = functional.interpolate(self.middle(high_res_feats_1), scale_factor=2)
            return low + 0.1 * (self.fine(high_res_feats_0) + middle), quality

    class Efficient(Decoder):
        def forward(self, embedding, coords, labels, size):
            scale = torch.stack([SIDE / size[1], SIDE / size[0]]).reshape(1, 1, 2)
            none = torch.zeros(1, 1, SIDE // 4, SIDE // 4)
            low, quality = self.masks(embedding, coords[:, 0] * scale, labels[:, 0], none, torch.zeros(1))
            target = size.to(torch.int64)
            full = functional.interpolate(low, (target[0], target[1]), mode="bilinear", align_corners=False)
            return full[:, None], quality[:, None], low[:, None]

    class Whole(Efficient):
        def __init__(self, first, second):
            super().__init__()
            self.first = first
            self.fine, self.middle = second.fine, second.middle

        def forward(self, images, coords, labels):
            size = torch.stack([torch.tensor(1.0) * images.shape[2], torch.tensor(1.0) * images.shape[3]])
            full, quality, _ = super().forward(self.first(images), coords, labels, size)
            return full, quality

    torch.manual_seed(3)
    encoder = Encoder().eval()
    decoder = (Second() if family == "SAM 2" else Efficient()).eval()
    return encoder, decoder, Whole(encoder, decoder).eval() if family == "EfficientSAM" else None


def exported(torch, module, inputs, path, names, outputs, axes):
    torch.onnx.export(module, inputs, str(path), input_names=names, output_names=outputs, opset_version=17,
                      dynamic_axes=axes, dynamo=False)


def export_family(torch, family, encoder, decoder, whole, folder):
    """The graphs of ``family`` as its published exports have them."""
    quarter = SIDE // 4
    if family == "SAM 2":
        exported(torch, encoder, (torch.zeros(1, 3, SIDE, SIDE),), folder / "sam2.encoder.onnx", ["image"],
                 ["image_embed", "high_res_feats_0", "high_res_feats_1"], {})
        names = ["image_embed", "high_res_feats_0", "high_res_feats_1", "point_coords", "point_labels", "mask_input",
                 "has_mask_input"]
        given = (torch.zeros(1, 32, 8, 8), torch.zeros(1, 4, quarter, quarter), torch.zeros(1, 8, SIDE // 8, SIDE // 8),
                 torch.rand(1, 3, 2), torch.tensor([[1.0, 0.0, -1.0]]), torch.zeros(1, 1, quarter, quarter), torch.zeros(1))
        exported(torch, decoder, given, folder / "sam2.decoder.onnx", names, ["masks", "iou_predictions"],
                 {"point_coords": {1: "n"}, "point_labels": {1: "n"}})
        return
    axes = {"batched_images": {2: "h", 3: "w"}, "batched_point_coords": {2: "n"}, "batched_point_labels": {2: "n"}}
    points = (torch.rand(1, 1, 3, 2), torch.ones(1, 1, 3))
    if "one" in family:
        exported(torch, whole, (torch.rand(1, 3, 70, 90), *points), folder / "whole.onnx", list(axes),
                 ["output_masks", "iou_predictions"], {**axes, "output_masks": {3: "h", 4: "w"}})
        return
    exported(torch, encoder, (torch.rand(1, 3, 70, 90),), folder / "e_encoder.onnx", ["batched_images"],
             ["image_embeddings"], {"batched_images": axes["batched_images"]})
    names = ["image_embeddings", "batched_point_coords", "batched_point_labels", "orig_im_size"]
    exported(torch, decoder, (torch.zeros(1, 32, 8, 8), *points, torch.tensor([70.0, 90.0])), folder / "e_decoder.onnx",
             names, ["output_masks", "iou_predictions", "low_res_masks"], {name: axes[name] for name in names[1:3]})


@pytest.fixture(scope="module", params=["SAM 2", "EfficientSAM", "EfficientSAM in one graph"])
def family(request, torch, made, tmp_path_factory):
    """(name, torch's encoder and decoder, the engine over their export)."""
    from terralogue.models.masks.installed import entry_of, open_engine

    folder = tmp_path_factory.mktemp("family")
    modules = shaped_like(torch, made[0], request.param.split(" in ")[0])
    with torch.no_grad():
        export_family(torch, request.param, *modules, folder)
    engine = open_engine(entry_of(folder))
    assert engine.family == request.param.split(" in ")[0]
    return engine.family, modules[0], modules[1], engine


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shape", WINDOWS)
def test_the_way_into_and_out_of_other_families_is_theirs(torch, family, shape):
    kind, encoder, decoder, engine = family
    rgb, quarter = picture(shape), SIDE // 4
    inside, outside, box = ((41.0, 52.5), (70.5, 60.5)), ((20.5, 75.0),), (20.0, 30.5, 75.5, 70.0)
    seen = engine.encode(rgb)
    scale = np.array([SIDE / shape[1], SIDE / shape[0]])
    prompts = [Prompt(inside=inside), Prompt(box=box)]
    # EfficientSAM knows no clicks outside.
    prompts += [Prompt(inside=inside, outside=outside)] if kind == "SAM 2" else []
    for prompt in prompts:
        points = [*prompt.inside, *prompt.outside] if prompt.box is None else [box[:2], box[2:]]
        labels = [1.0] * len(prompt.inside) + [0.0] * len(prompt.outside) + ([2.0, 3.0] if prompt.box else [])
        # One graph does not say how large its frame is: there the published 1024 pixels are taken.
        half = 0.5 * np.array([shape[1], shape[0]]) / engine.side
        placed = np.array(points) * scale - 0.5 if kind == "SAM 2" else np.array(points) - half
        if not prompt.box:
            placed, labels = np.vstack([placed, [[0.0, 0.0]]]), [*labels, -1.0]
        coords, marks = torch.tensor(placed, dtype=torch.float32)[None], torch.tensor([labels])
        with torch.no_grad():
            if kind == "SAM 2":
                image = torch.nn.functional.interpolate(
                    torch.from_numpy(rgb)[None], (SIDE, SIDE), mode="bilinear", align_corners=False, antialias=True)
                mean = torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1)
                image = (image - mean) / torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1)
                low, _ = decoder(*encoder(image), coords, marks, torch.zeros(1, 1, quarter, quarter), torch.zeros(1))
                logits = torch.nn.functional.interpolate(low, shape, mode="bilinear", align_corners=False)[0]
            else:
                size = torch.tensor([float(n) for n in shape])
                logits = decoder(encoder(torch.from_numpy(rgb)[None]), coords[:, None], marks[:, None], size)[0][0, 0]
        wanted = logits[0].numpy() >= 0
        found = engine.decode(seen, prompt)[0].scores >= 0.5
        assert telling(wanted) and iou(found, wanted) >= 0.99
