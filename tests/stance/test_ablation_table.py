"""The table of what each group of features is worth is read whole, or refused with what is wrong."""

import pytest

from analysis.errors import LabelError
from analysis.stance.ablation_table import ABLATION, COLUMNS, load_ablation

HEAD = ",".join(COLUMNS)
WHOLE = "nothing,0,.820,.80,.92,.74,.88,0,,"
LESS = "signature,9,.750,.79,.91,.55,.86,-.07,-.10,-.04"
SAME = "length,4,.815,.79,.92,.73,.88,-.005,-.02,.01"


def write(folder, *rows, head=HEAD):
    path = folder / "ablation.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_whole_model_comes_first_and_then_the_greatest_loss(tmp_path):
    """Whatever order it was written in."""
    table = load_ablation(write(tmp_path, SAME, LESS, WHOLE))
    assert table["left_out"].tolist() == ["nothing", "signature", "length"]
    assert tuple(table.columns) == COLUMNS
    assert table["lower"].isna().tolist() == [True, False, False]
    assert table["difference"].tolist() == [0, -0.07, -0.005]


def test_a_group_may_be_called_anything(tmp_path):
    """A group named like a gap is a group, not a gap."""
    assert load_ablation(write(tmp_path, WHOLE, SAME.replace("length", "NA")))["left_out"].tolist()[1] == "NA"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), "holds no row"),
        ((WHOLE, LESS, LESS), "'signature' stands twice"),
        ((WHOLE, LESS.replace("signature", " ")), "row 2 does not say what was left out"),
        ((WHOLE, LESS.replace(".55", "low")), "'f1_spam' is to hold numbers"),
        ((WHOLE, LESS.replace(".55", "")), "'f1_spam' has gaps"),
        ((WHOLE, LESS.replace(".55", "1.5")), "'f1_spam' is to lie from 0 to 1"),
        ((WHOLE, LESS.replace(",9,", ",2.5,")), "whole numbers"),
        ((WHOLE, LESS.replace("-.04", "")), "one end only"),
        ((WHOLE, LESS.replace("-.10", "-.06")), "does not hold its difference"),
        ((WHOLE, "signature,9,.750,.79,.91,.55,.86,.07,.04,.10"), "less that of the whole model.*0.680 to 0.820"),
    ],
)
def test_what_cannot_be_so_is_named(tmp_path, rows, said):
    """A sign turned round would turn every conclusion round."""
    with pytest.raises(LabelError, match=rf"ablation\.csv: .*{said}.*benchmarks/ablation\.py"):
        load_ablation(write(tmp_path, *rows))


def test_other_columns_and_no_file_are_said(tmp_path):
    """One sentence each."""
    with pytest.raises(LabelError, match=r"is to have the columns left_out, features.*found group, loss"):
        load_ablation(write(tmp_path, "a,1", head="group,loss"))
    with pytest.raises(LabelError, match=r"gone\.csv cannot be read .*benchmarks/ablation\.py") as caught:
        load_ablation(tmp_path / "gone.csv")
    assert str(tmp_path) not in str(caught.value), "it is shown in notebooks, which people pass on"


@pytest.mark.skipif(not ABLATION.is_file(), reason="no ablation table came with this model")
def test_the_shipped_table_reads():
    """What came with the model passes its own checks, and names the whole model first."""
    table = load_ablation()
    assert len(table) > 2
    assert table["difference"].abs().max() < 0.5
