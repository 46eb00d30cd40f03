"""Tables of a page by their ruled lines: which strokes form a grid, and which cell a letter stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Points of a page (1/72 inch). Strokes so near are one; what is shorter belongs to a letter or a dot.
_NEAR = 2.5
_SHORTEST = 6.0
_MOST_CELLS = 5000
# A page with more strokes is a drawing or a map.
MOST_STROKES = 20_000


@dataclass(frozen=True)
class Stroke:
    """A horizontal or vertical line: where it stands on one axis, its reach on the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A ruled table: its edges from the left and from the top, and which cells are merged into one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    merged: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """Number of the (merged) cell that a point is in, or None outside."""
        column = sum(x > edge for edge in self.xs) - 1
        row = sum(y < edge for edge in self.ys) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.merged[row][column] if inside else None

    def written(self, texts: dict[int, str]) -> list[list[str]]:
        """Rows of texts; a merged cell's text stands in each place it covers."""
        return [[texts.get(number, "") for number in row] for row in self.merged]


def grids(level: Iterable[Stroke], upright: Iterable[Stroke]) -> list[Grid]:
    """Grids that horizontal and vertical strokes form, two rows and two columns at least.

    Examples
    --------
    >>> level = [Stroke(y, 0, 100) for y in (0, 20, 40)]
    >>> upright = [Stroke(0, 0, 40), Stroke(50, 0, 20), Stroke(100, 0, 40)]
    >>> (grid,) = grids(level, upright)
    >>> grid.ys, grid.merged  # the upper row is one cell
    ((40, 20, 0), ((0, 0), (2, 3)))
    >>> grid.cell_at(60, 10), grid.cell_at(60, 50)
    (3, None)
    """
    flat, tall = _united(level), _united(upright)
    found = (_grid(*group) for group in _touching(flat, tall))
    return [grid for grid in found if grid is not None]


def _united(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes of one line put together, whether drawn piece by piece or twice."""
    lines: list[list[Stroke]] = []
    for each in sorted(strokes, key=lambda stroke: stroke.at):
        if lines and each.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(each)
        else:
            lines.append([each])
    united = []
    for line in lines:
        runs: list[list[float]] = []
        for each in sorted(line, key=lambda stroke: stroke.start):
            if runs and each.start - runs[-1][1] <= _NEAR:
                runs[-1][1] = max(runs[-1][1], each.end)
            else:
                runs.append([each.start, each.end])
        united += [Stroke(line[0].at, a, b) for a, b in runs if b - a >= _SHORTEST]
    return united


def _touching(flat: list[Stroke], tall: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of lines that meet each other."""
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    free = set(range(len(tall)))
    todo = set(range(len(flat)))
    while todo:
        rows, columns, edge = {todo.pop()}, set(), True
        while edge:
            met = {j for j in free if any(_meet(flat[i], tall[j]) for i in rows)}
            free -= met
            columns |= met
            more = {i for i in todo if any(_meet(flat[i], tall[j]) for j in met)}
            todo -= more
            rows |= more
            edge = bool(more)
        groups.append(([flat[i] for i in rows], [tall[j] for j in columns]))
    return groups


def _meet(flat: Stroke, tall: Stroke) -> bool:
    crosses = flat.start - _NEAR <= tall.at <= flat.end + _NEAR
    return crosses and tall.start - _NEAR <= flat.at <= tall.end + _NEAR


def _grid(flat: list[Stroke], tall: list[Stroke]) -> Grid | None:
    if len(flat) < 2 or not tall:
        return None
    # Many printed tables are open at the sides: there the rules end, and no stroke stands.
    xs = _edges([each.at for each in tall], min(each.start for each in flat), max(each.end for each in flat))
    ys = _edges([each.at for each in flat], min(each.start for each in tall), max(each.end for each in tall))
    ys.reverse()
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    number = [[row * columns + column for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            middle = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column and not _divided(tall, xs[column], middle[0]):
                _merge(number, number[row][column], number[row][column - 1])
            if row and not _divided(flat, ys[row], middle[1]):
                _merge(number, number[row][column], number[row - 1][column])
    return Grid(tuple(xs), tuple(ys), tuple(tuple(row) for row in number))


def _edges(places: list[float], first: float, last: float) -> list[float]:
    edges: list[float] = []
    for each in sorted([*places, first, last]):
        if not edges or each - edges[-1] > 2 * _NEAR:
            edges.append(each)
    return edges


def _divided(strokes: list[Stroke], at: float, middle: float) -> bool:
    return any(abs(each.at - at) <= 2 * _NEAR and each.start <= middle <= each.end for each in strokes)


def _merge(number: list[list[int]], one: int, other: int) -> None:
    if one == other:
        return
    low = min(one, other)
    for row in number:
        row[:] = [low if each in (one, other) else each for each in row]
