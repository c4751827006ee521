"""A table's cells: exact numbers, tints that paper can show, attributes that the page acts on."""

import re

import pytest

from lessons.live.base.array_html import Tint, array, box, cell, handle, heading, written
from lessons.live.base.cell import Cell
from lessons.live.base.live_table import still


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.125 * 2, "0.25"),
        (-1 / 8, "−0.125"),
        (1 / 3, "0.333"),
        (0.1 + 0.2, "0.3"),
        (0.9999999999, "1"),
        (1 / 300, "0.003"),
        (-1e-12, "0"),
        (-0.0001, "0.000"),
        (108.1234, "108.12"),
        (-108.4, "−108.4"),
        (-108.42, "−108.4"),
        (-1287.3, "−1287"),
        (123456.7, "123457"),
    ],
)
def test_a_number_is_exact_where_three_decimals_can_say_it_and_short_where_not(value, text):
    assert written(value) == text


def test_a_tint_is_deeper_for_a_larger_value_and_never_deeper_than_ink_can_stand():
    def share(value):
        return int(re.search(r"--share:(\d+)%", cell("a", value, Tint("#009E73", 2)))[1])

    assert share(1e-9) == 12
    assert share(0.5) < share(1) < share(2) == share(-2) == share(1e300) == 62
    assert "style" not in cell("a", 0.0, Tint("#009E73"))
    assert "style" not in cell("a", 1.0)


def test_a_negative_cell_is_striped_and_says_its_exact_value():
    assert 'class="lessons-negative"' in cell("a", -0.1, Tint("#009E73"))
    assert "lessons-negative" not in cell("a", 0.1, Tint("#009E73"))
    assert '<data value="0.1234567">0.123</data>' in cell("a", 0.1234567)


def test_handles_and_boxes_are_named_and_only_one_to_press_answers_to_a_press():
    assert handle("x0") == ' data-handle="x0"'
    assert (
        handle("y0", press=True, chosen=True) == ' data-handle="y0" data-press aria-current="true"'
    )
    assert 'aria-label="W 0 1"' in box("weights[0][1]", 0.5, "W01", "W 0 1")


def test_a_box_has_all_digits_for_who_comes_to_it_and_a_keyboard_that_has_brackets():
    third = box("bias[0]", -1 / 3, "b0", "b 0")
    assert 'value="−0.333"' in third
    assert 'data-exact="−0.3333333333333333"' in third
    assert "decimal" not in third


def test_a_table_has_a_name_headings_with_a_scope_and_one_frame():
    rows = [heading(str(k), scope="row") + cell(f"v[{k}]", k) for k in range(3)]
    html = array("a < b", [heading("v", rows=2, columns=3), ""], rows, 1, "#D55E00", "<td></td>")
    assert 'aria-label="a &lt; b"' in html
    assert html.count('scope="row"') == 3
    assert 'scope="col" rowspan="2" colspan="3"' in html
    assert re.findall(r"<tr( class)?", html) == ["", "", "", " class", "", ""]
    assert still(html).startswith("<style>")


def test_tables_that_stand_alone_have_the_digits_that_are_shown_and_no_others():
    html = f"{cell('a', 1 / 3)}<td>= {box('b', 2 / 3, 'b', 'b')}</td>"
    alone = still(html)
    assert "0.333" in alone
    assert 'value="0.667"' in alone
    assert "0.3333" not in alone
    assert "0.6666" not in alone


def moved(**arguments):
    values = []
    return Cell("a", values.append, **arguments), values


def test_a_cell_moves_by_whole_steps_from_where_it_was():
    cell, values = moved(value=0.4375, by=0.1)
    for y in (-25, -26, 0, 12.5):
        cell.take_to(0, y)
    cell.step(1, 0)
    cell.step(0, -1)
    assert values == [1.4375, 1.4375, 0.4375, -0.0625, 0.4375, 0.3375]


def test_a_cell_to_press_has_its_value_put_and_may_have_a_way_for_the_keys():
    went = []
    cell, values = moved(go=lambda dx, dy: went.append((dx, dy)))
    cell.take_to(40, 40)
    cell.step(0, 1)
    assert (values, went) == ([1.0], [(0, 1)])
