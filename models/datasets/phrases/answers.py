"""How answers are said. Every figure and cell that facts hold of a label is a slot; ``[a|b]`` is a choice."""

from typing import Dict, Sequence

ANSWERS: Dict[str, Sequence[str]] = {
    "presence yes": (
        "Yes, there {be} {whole} here.",
        "Yes, I see {whole} in the <cell:{label}>.",
        "Yes, {whole} {be} visible.",
    ),
    "presence yes counted": (
        "Yes, there {be_n} <n:{label}> {n_form}.",
        "Yes, I see <n:{label}> {n_form}.",
        "Yes, I count <n:{label}> {n_form} here.",
    ),
    "presence no": ("No, there {be} no {whole} here.", "No, I see no {whole}.", "No, no {whole} {be} visible."),
    "count": (
        "There {be_n} <n:{label}> {n_form}.",
        "I count <n:{label}> {n_form}.",
        "I see <n:{label}> {n_form} here.",
        "The image shows <n:{label}> {n_form}.",
    ),
    "count none": ("There are no {many} here.", "I see no {many}.", "The image shows no {many}."),
    "comparison yes": (
        "Yes, there are more {many} than {second_many}: <n:{label}> against <n:{other_label}>.",
        "Yes, there are <n:{label}> {n_form} and <n:{other_label}> {second_form}.",
    ),
    "comparison no": (
        "No, there are fewer {many} than {second_many}: <n:{label}> against <n:{other_label}>.",
        "No, there are <n:{label}> {n_form} and <n:{other_label}> {second_form}.",
    ),
    "more ground yes": (
        "Yes, {whole} {cover} more ground than {second}: <share:{label}> against <share:{other_label}>.",
        "Yes, {whole} {cover} <share:{label}> of the ground, {second} <share:{other_label}>.",
    ),
    "more ground no": (
        "No, {whole} {cover} less ground than {second}: <share:{label}> against <share:{other_label}>.",
        "No, {whole} {cover} <share:{label}> of the ground, {second} <share:{other_label}>.",
    ),
    "area": (
        "{Whole} {cover} <area:{label}>.",
        "The area of {whole} is <area:{label}>.",
        "{Whole} {take} up <area:{label}> here.",
    ),
    "share": (
        "{Whole} {cover} <share:{label}> of the ground.",
        "<share:{label}> of the ground {be} {whole}.",
        "{Whole} {make} up <share:{label}> of the image.",
    ),
    "position": (
        "{Whole} {lie} mainly in the <cell:{label}>.",
        "Most of the {whole} {be} in the <cell:{label}>.",
        "The {whole} {be} mostly in the <cell:{label}>.",
    ),
    "place of one": ("{The} is {where}.", "{The} lies {where}.", "You find {the} {where}."),
    "relation": ("{The} is {direction} {other}.", "{The} lies {direction} {other}."),
    "near yes": ("Yes, {the} is near {other}.", "Yes, {the} is close to {other}."),
    "near no": ("No, {the} is not near {other}.", "No, {the} is far from {other}."),
    "colour": ("{The} is {colour}.", "The colour of {the} is {colour}."),
    "number of colour": (
        "{n} of the {many} {be_c} {colour}.",
        "There {be_c} {n} {colour} {c_form}.",
        "I count {n} {colour} {c_form}.",
    ),
    "orientation": ("{The} runs {axis}.", "{The} is aligned {axis}.", "{The} extends {axis}."),
    "spread": ("{Whole} {be} spread over {n} of the 9 parts.", "{Whole} {lie} in {n} of the nine cells."),
    "density": ("There are about {n} {many} per hectare.", "I count {n} {many} per hectare."),
    "scene": ("This looks like {scene}.", "The image shows {scene}.", "This is {scene}."),
}

ANSWERS.update(
    {
        "ground": ("{Whole} {cover} <share:{label}> of the ground.", "<share:{label}> of the ground {be} {whole}."),
        "objects": (
            "There {be_n} <n:{label}> {n_form}, mainly in the <cell:{label}>.",
            "I count <n:{label}> {n_form}; most of the {whole} {be} in the <cell:{label}>.",
        ),
        "object": (
            "There is <n:{label}> {one}, in the <cell:{label}>.",
            "I see <n:{label}> {one}, in the <cell:{label}>.",
        ),
        "objects spread": ("There {be_n} <n:{label}> {n_form}.", "I count <n:{label}> {n_form}."),
        "retrieve": (
            "[RET] These places look most alike.",
            "Here are the places that look most like it: [RET]",
            "[RET] These come closest.",
        ),
        "difference": (
            "There {be_n} {n} {n_form} instead of {was}.",
            "The first image has {was} {was_form}, this one {n}.",
        ),
        "difference none": ("Nothing that I can count differs from the first image.",),
        "difference share": (
            "{Whole} {cover} {n} of the ground instead of {was}.",
            "In the first image {whole} {cover} {was} of the ground, here {n}.",
        ),
    }
)
