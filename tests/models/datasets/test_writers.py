"""The writers: formats as published loaders read them, the same bytes again, nothing half written."""

import csv
import io
import json
import tarfile
from dataclasses import replace

import numpy as np
import pytest

from terralogue.models.datasets.chip import Chip, Dialogue, Origin, Thing, Turn
from terralogue.models.datasets.gaia import KEYS
from terralogue.models.datasets.tags import tag_caption
from terralogue.models.datasets.writing.dataset import FORMATS, write_dataset
from terralogue.models.datasets.writing.pictures import file_stem
from terralogue.models.datasets.writing.png import encode_png
from terralogue.models.datasets.writing.rle import decode_rle, encode_rle
from terralogue.models.datasets.writing.sample import Sample
from terralogue.models.datasets.writing.webdataset import WebdatasetWriter
from terralogue.models.language.boxes import first_box, parse, pixels


def _chip(name="a", seed=0, boxes=((3, 3, 30, 21), (40, 10, 64, 64))):
    things = tuple(
        Thing("building", box, np.random.default_rng(i).random((box[3] - box[1], box[2] - box[0])) < 0.6,
              tags={"building": "yes" if i else "church"})
        for i, box in enumerate(boxes)
    )
    rgb = np.random.default_rng(seed).integers(0, 255, (3, 64, 64)).astype(np.uint8)
    ring = ((16.0, 48.0), (16.1, 48.0), (16.1, 48.1), (16.0, 48.1))
    return Chip(name, rgb, things, frozenset({"building"}), gsd=0.3, origin=Origin(time="2020-06", footprint=ring))


def _sample(chip, split="train"):
    turns = (
        Turn("[caption] Describe it.", "Two buildings.", "caption"),
        Turn("Describe it at length.", "There are two buildings.", "detailed caption"),
        Turn("[vqa] Is there a building?", "Yes", "presence"),
        Turn("How many buildings are there?", "There are two.", "count"),
        Turn("[refer] Where is the left one?", "{<5><5><47><33>}", "refer", (0,)),
        Turn("[detection] All buildings.",
             "<p>2 buildings</p> {<5><5><47><33>}<delim>{<63><16><100><100>}", "detection", (0, 1)),
        Turn("[grounding] Describe.", "I see <p>one</p> {<5><5><47><33>} here.", "grounding", (0,)),
        Turn("[identify] What is at {<63><16><100><100>}?", "a building", "identify", (1,)),
        Turn("Segment both.", "They are [SEG] and [SEG].", "segment", (0, 1)),
    )
    talk = Dialogue((chip.name,), (Turn("How many?", "Two.", "count"), Turn("Where are they?", "In the east.", "position")))
    singles = tuple(Dialogue((chip.name,), (turn,)) for turn in turns)
    return Sample((chip,), (*singles, talk), ("Two buildings\nby a road.", "Roofs."), tag_caption(chip, 0), split)


def _json(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("written")
    manifest = write_dataset(tmp_path, (_sample(_chip(n, i), s) for i, (n, s) in enumerate(
        [("a", "train"), ("b", "train"), ("c", "validation"), ("d", "test")])), about={"seed": 7})
    return tmp_path, manifest


def test_llava_puts_the_image_mark_into_the_first_question_only(written):
    folder, _ = written
    records = _json(folder / "llava_train.json")
    talk = records[9]
    assert talk["id"] == "a_9" and talk["image"] == "images/a.png"
    assert [turn["from"] for turn in talk["conversations"]] == ["human", "gpt"] * 2
    assert [turn["value"].count("<image>") for turn in talk["conversations"]] == [1, 0, 0, 0]
    assert len(records) == 20 and len(_json(folder / "llava_test.json")) == 10


def test_llava_gives_two_images_as_a_list_with_two_marks(tmp_path):
    talk = Dialogue(("x", "y"), (Turn("What differs?", "Nothing.", "difference"),))
    write_dataset(tmp_path, [Sample((_chip("x"), _chip("y", 1)), (talk,))], ["llava"])
    (record,) = _json(tmp_path / "llava_train.json")
    assert record["image"] == ["images/x.png", "images/y.png"]
    assert record["conversations"][0]["value"] == "<image>\n<image>\nWhat differs?"


def test_what_llava_cannot_hold_is_dropped_with_the_reason(tmp_path):
    dialogues = (Dialogue(("a",), ()), Dialogue(("z",), (Turn("?", "!", "count"),)),
                 Dialogue(("a",), (Turn("<image>?", "!", "count"),)))
    manifest = write_dataset(tmp_path, [Sample((_chip(),), dialogues)], ["llava"])
    assert sorted(manifest["formats"]["llava"]["dropped"].values()) == [1, 1, 1]
    assert not (tmp_path / "llava_train.json").exists()


def test_skyeye_kinds_have_their_task_words_and_files(written):
    folder, manifest = written
    at = folder / "skyeye"
    captions = _json(at / "caption/caption_terralogue_train.json")
    assert captions[0]["text"] == "[caption] briefly describe the image"
    assert {item["text"].split("]")[0] for item in captions} == {"[caption", "Describe it at length."}
    (vqa, _) = _json(at / "vqa/terraloguevqa_train.json")
    assert (vqa["text"], vqa["ground_truth"]) == ("[vqa] Is there a building?", "yes")
    refer = _json(at / "vg/terralogue_train.json")[0]
    assert refer["text"] == "[refer] Where is the left one?" and refer["ground_truth"] == "{<4><4><46><32>}"
    detection = _json(at / "phrasegrounding/terraloguepg_train.json")[0]
    assert detection["ground_truth"] == "<p>2 buildings</p> {<4><4><46><32>}<delim>{<62><15><100><100>}"
    identify = _json(at / "identify/terralogue_val.json")[0]
    assert identify["text"] == "[identify] What is at {<62><15><100><100>}?"
    talks = _json(at / "multitask_conversation/terralogue_Conversa_train.json")
    assert [len(t["conversations"]) for t in talks[:2]] == [2, 4]
    assert talks[1]["conversations"][0]["value"].startswith("<image>\n")
    assert manifest["formats"]["skyeye"]["written"] == {
        "caption": 16, "vqa": 4, "refer": 4, "detection": 4, "grounding": 4, "identify": 4, "conversation": 8}


def test_skyeye_boxes_come_back_within_a_hundredth_of_the_side(tmp_path):
    rng = np.random.default_rng(3)
    boxes = []
    for _ in range(40):
        x0, y0 = rng.integers(0, 60, 2)
        boxes.append((int(x0), int(y0), int(rng.integers(x0 + 1, 65)), int(rng.integers(y0 + 1, 65))))
    chip = _chip(boxes=boxes)
    dialogues = [Dialogue(("a",), (Turn("[refer] it", "{<0><0><0><0>}", "refer", (i,)),)) for i in range(len(boxes))]
    write_dataset(tmp_path, [Sample((chip,), tuple(dialogues))], ["skyeye"])
    for box, record in zip(boxes, _json(tmp_path / "skyeye/vg/terralogue_train.json")):
        found = pixels(first_box(record["ground_truth"])[0], chip.shape)
        assert max(abs(a - b) for a, b in zip(found, box)) <= 0.64 + 1e-9


def test_skyeye_drops_boxes_that_stand_for_nothing_known(tmp_path):
    wrong = Dialogue(("a",), (Turn("[refer] it", "{<1><1><2><2>}{<1><1><2><2>}", "refer", (0,)),))
    absent = Dialogue(("a",), (Turn("[refer] it", "Nothing here fits that.", "refer", ()),))
    manifest = write_dataset(tmp_path, [Sample((_chip(),), (wrong, absent))], ["skyeye"])
    assert manifest["formats"]["skyeye"] == {"written": {"refer": 1}, "dropped": {"boxes do not match the things meant": 1}}


def test_gaia_files_hold_thirteen_keys_and_five_captions(written):
    folder, _ = written
    for split, n in (("train", 2), ("val", 1), ("test", 1)):
        records = _json(folder / f"gaia/{split}_data.json")
        assert len(records) == n
        assert all(tuple(r) == KEYS and len(r["captions"]) == 5 and (folder / r["image_src"]).exists() for r in records)


def test_webdataset_shards_hold_the_three_members_of_each_key(written):
    folder, manifest = written
    with tarfile.open(folder / "webdataset/train/terralogue-train-0000.tar") as tar:
        assert tar.getnames() == [f"{k}.{e}" for k in "ab" for e in ("caption", "img_content", "img_name")]
        assert tar.extractfile("a.caption").read() == b"Two buildings by a road."
        assert tar.extractfile("a.img_name").read() == b"a.png"
        assert tar.extractfile("a.img_content").read() == encode_png(_chip("a", 0).rgb)
        assert {(m.mtime, m.uid, m.uname) for m in tar} == {(0, 0, "")}
    rows = list(csv.reader(io.StringIO((folder / "webdataset/terralogue_train.csv").read_text())))
    assert rows == [["a.png", "Two buildings by a road."], ["b.png", "Two buildings by a road."]]
    assert manifest["formats"]["webdataset"]["dropped"] == {"another caption of the same image": 4}


def test_webdataset_begins_a_new_shard_when_one_is_full(tmp_path, monkeypatch):
    monkeypatch.setitem(FORMATS, "webdataset", lambda *args: WebdatasetWriter(*args, shard=2))
    write_dataset(tmp_path, (_sample(_chip(f"c{i}", i)) for i in range(5)), ["webdataset"])
    shards = sorted((tmp_path / "webdataset/train").iterdir())
    assert [len(tarfile.open(s).getnames()) for s in shards] == [6, 6, 3]


def test_skyscript_csv_has_the_published_columns(written):
    folder, _ = written
    rows = list(csv.reader(io.StringIO((folder / "skyscript_train.csv").read_text())))
    assert rows[0] == ["filepath", "title", "title_multi_objects"] and len(rows) == 3
    assert rows[1] == ["images/a.png", "building of church", "building of church, surrounded by building is yes"]
    meta = json.loads((folder / "skyscript_train_meta.jsonl").read_text().splitlines()[0])
    assert meta["box"] == [16.0, 48.0, 16.1, 48.1] and meta["surrounding_tags"] == ["building is yes"]


def test_karpathy_json_numbers_images_and_sentences_through_all_splits(written):
    folder, _ = written
    data = _json(folder / "dataset_terralogue.json")
    assert data["dataset"] == "terralogue" and [i["split"] for i in data["images"]] == ["train", "train", "val", "test"]
    assert [i["sentids"] for i in data["images"]] == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert data["images"][0]["sentences"][0] == {
        "raw": "Two buildings by a road.", "tokens": ["two", "buildings", "by", "a", "road"], "imgid": 0, "sentid": 0}
    lines = (folder / "fromage_train.tsv").read_text().splitlines()
    assert lines[:2] == ["caption\timage", "Two buildings by a road.\timages/a.png"] and len(lines) == 5


def test_referring_masks_come_back_exactly_in_the_order_of_the_marks(written):
    folder, _ = written
    record = _json(folder / "referring_train.json")[0]
    chip = _chip("a", 0)
    for item, thing in zip(record["objects"], chip.things):
        assert (decode_rle(item["segmentation"]) == thing.whole(chip.shape)).all()
        assert item["area"] == thing.pixels and len(parse(item["box"])) == 1
    assert record["conversations"][0]["value"] == "<image>\n[segment] Segment both." and len(record["objects"]) == 2


@pytest.mark.parametrize("mask, counts", [  # counts as pycocotools 2.0 writes them
    (np.pad(np.ones((2, 3), bool), ((1, 1), (1, 1))), "5220003"), (np.ones((3, 3), bool), "09"),
    (np.zeros((3, 3), bool), "9"),
    (np.add.outer(np.arange(7), np.arange(9)) % 3 == 0, "0120000000000000000000000000000000000000000"),
    (np.hypot(*np.mgrid[-30:34, -33:31]) < 20,
     "hl0=a14L4M2M4M2N2O0O2N2O0O2O0O2O000000000000000000000001N101N101N2N101N2N3L3N3L4LZe0"),
])
def test_run_lengths_are_those_of_coco(mask, counts):
    assert encode_rle(mask) == {"size": list(mask.shape), "counts": counts}
    assert (decode_rle({"size": mask.shape, "counts": counts}) == mask).all()


def test_run_lengths_of_random_masks_come_back_exactly_and_broken_ones_are_refused():
    rng = np.random.default_rng(1)
    for _ in range(100):
        mask = rng.random(tuple(rng.integers(1, 50, 2))) < rng.random()
        assert (decode_rle(encode_rle(mask)) == mask).all()
    for rle in ({"size": [2, 2], "counts": "3"}, {"size": [2, 2], "counts": [1, -1, 4]}, {"size": [9, 9], "counts": "o"},
                {"size": [2, 2], "counts": "4\x00"}):
        with pytest.raises(ValueError):
            decode_rle(rle)


def test_pictures_are_read_back_as_they_were():
    image = pytest.importorskip("PIL.Image")
    rgb = np.random.default_rng(0).integers(0, 255, (3, 17, 5)).astype(np.uint8)
    assert (np.asarray(image.open(io.BytesIO(encode_png(rgb)))).transpose(2, 0, 1) == rgb).all()
    with pytest.raises(ValueError):
        encode_png(rgb[:, :0])


def test_another_encoder_is_used_if_given(tmp_path):
    write_dataset(tmp_path, [_sample(_chip())], ["llava"], encode=lambda rgb: b"own %d" % rgb.shape[1])
    assert (tmp_path / "images/a.png").read_bytes() == b"own 64"


def test_the_same_samples_give_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        write_dataset(tmp_path / folder, (_sample(_chip(n, i)) for i, n in enumerate("ab")))
    one, two = (sorted(p for p in (tmp_path / f).rglob("*") if p.is_file()) for f in ("one", "two"))
    assert [p.name for p in one] == [p.name for p in two] and len(one) > 10
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_manifest_counts_and_names_every_file_with_its_digest(written):
    folder, manifest = written
    assert manifest == _json(folder / "manifest.json") and manifest["seed"] == 7
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files == {*manifest["files"], "manifest.json", *(f"images/{n}.png" for n in "abcd")}
    assert set(manifest["formats"]) == set(FORMATS)


def test_an_error_in_the_stream_leaves_no_file_but_finished_pictures_and_keeps_what_was_there(tmp_path):
    write_dataset(tmp_path, [_sample(_chip())])
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def broken():
        yield _sample(_chip("new", 5))
        raise RuntimeError("cancelled")

    with pytest.raises(RuntimeError, match="cancelled"):
        write_dataset(tmp_path, broken())
    after = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert {p: after[p] for p in before} == before
    assert {p.name for p in after.keys() - before.keys()} == {"new.png"}


def test_samples_are_not_held_in_memory(tmp_path):
    import gc
    import weakref
    alive = []

    def stream():
        for i in range(6):
            sample = _sample(_chip(f"s{i}", i))
            alive.append(weakref.ref(sample.chip))
            yield sample
            del sample
            gc.collect()
            assert sum(ref() is not None for ref in alive) <= 1

    write_dataset(tmp_path, stream())


def test_names_are_safe_for_every_file_system_and_stay_apart():
    assert file_stem("tile_3-4") == "tile_3-4"
    stems = [file_stem(n) for n in ("../../x", "A", "a", "a.b", "con", "ü" * 300, "x/y", "x\\y")]
    assert len({s.lower() for s in stems}) == len(stems)
    assert all(len(s) <= 80 and not set(s) & set("./\\:") for s in stems) and file_stem("con") != "con"


def test_two_chips_of_one_name_and_an_unknown_format_are_errors(tmp_path):
    with pytest.raises(ValueError, match="two different chips"):
        write_dataset(tmp_path, [_sample(_chip("a", 0)), _sample(replace(_chip("a", 1)))])
    with pytest.raises(ValueError, match="no format"):
        write_dataset(tmp_path, [], ["yolo"])
    with pytest.raises(ValueError, match="split"):
        Sample((_chip(),), split="dev")
