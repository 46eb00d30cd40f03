"""Tables of a page by their ruled lines."""

from __future__ import annotations

from forecast.target.draft.pdf_grids import Grid, Stroke, grids


def level(*ys: float, start: float = 0, end: float = 100) -> list[Stroke]:
    return [Stroke(y, start, end) for y in ys]


def test_strokes_drawn_twice_or_piece_by_piece_are_one() -> None:
    flat = [Stroke(0, 0, 40), Stroke(0.4, 41, 100), *level(20, 20.5, 40)]
    (grid,) = grids(flat, level(0, 50, 100, end=40))
    assert (grid.xs, grid.ys) == ((0, 50, 100), (40, 20, 0))
    assert grid.merged == ((0, 1), (2, 3))


def test_a_table_open_at_its_sides() -> None:
    (grid,) = grids(level(0, 20, 40), [Stroke(50, 0, 40)])
    assert grid.xs == (0, 50, 100)
    assert [grid.cell_at(x, 30) for x in (10, 60, 120)] == [0, 1, None]


def test_merged_cells_hold_their_text_everywhere() -> None:
    grid = Grid((0, 50, 100), (40, 20, 0), ((0, 1), (0, 3)))
    assert grid.written({0: "a", 3: "b"}) == [["a", ""], ["a", "b"]]


def test_two_tables_of_one_page_stay_two() -> None:
    flat = level(0, 20, 40) + level(200, 220, 240)
    tall = level(0, 50, 100, end=40) + level(0, 50, 100, start=200, end=240)
    assert len(grids(flat, tall)) == 2


def test_a_frame_or_a_rule_is_no_table() -> None:
    assert grids(level(0, 40), level(0, 100, end=40)) == []
    assert grids(level(0, 20, 40), []) == []
    assert grids(level(0, 3), [Stroke(50, 0, 3)]) == []
