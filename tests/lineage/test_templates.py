"""A spun template is read off its copies: fixed words, and slots with their fillings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.lineage import align_family
from analysis.text import words

COPIES = [
    "Good friends, our copper pans last a long time, so visit the big shop.",
    "Dear friends, our steel pans last a long time, so visit the shop today.",
    "Kind friends, our copper pots last an age, so visit the new shop.",
]


def test_slots_hold_what_each_copy_says_there():
    """Each slot names the fixed words around it and every copy's filling, empty ones too."""
    table = align_family(COPIES)
    found = {slot: rows["variant"].tolist() for slot, rows in table.groupby("slot")}
    assert found == {
        1: ["Good", "Dear", "Kind"],
        2: ["copper pans", "steel pans", "copper pots"],
        3: ["a long time,", "a long time,", "an age,"],
        4: ["big", "", "new"],
        5: ["", "today.", ""],
    }
    assert table.groupby("slot")["before"].first().tolist() == ["", "friends, our", "last", "so visit the", "shop."]
    assert table.groupby("slot")["after"].first().tolist() == ["friends, our", "last", "so visit the", "shop.", ""]


def test_equal_copies_have_no_slot():
    """Nothing was spun; and a family of none has no template."""
    assert align_family([COPIES[0], COPIES[0].upper()]).empty
    assert align_family([]).empty
    assert align_family(["", ""]).empty


def test_strangers_share_no_fixed_word():
    """One slot from end to end says that there is no template."""
    table = align_family(["one two", "three four"])
    assert table[["slot", "variant", "before", "after"]].values.tolist() == [
        [1, "one two", "", ""],
        [1, "three four", "", ""],
    ]


def test_a_word_beside_a_slot_does_not_drift_into_it():
    """Fixed words stay with their stretch, not with the same word inside another copy's filling."""
    table = align_family(
        ["tell your doctor your bad state. State law applies", "tell your doctor your ill luck. State law applies"]
    )
    assert table["variant"].tolist() == ["bad state.", "ill luck."]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=8), min_size=2, max_size=4))
def test_the_template_rebuilds_every_copy(copies):
    """Fixed words and fillings in reading order are the copy again, in whatever order the copies come."""
    table = align_family([" ".join(copy) for copy in copies])
    slots = [rows for _, rows in table.groupby("slot")]
    for number, copy in enumerate(copies):
        if slots:
            parts = [f"{rows['before'].iloc[0]} {rows['variant'].iloc[number]}" for rows in slots]
            assert words(" ".join([*parts, slots[-1]["after"].iloc[0]])) == copy
    turned = align_family([" ".join(copy) for copy in copies[::-1]])
    assert sorted(turned["variant"]) == sorted(table["variant"])
