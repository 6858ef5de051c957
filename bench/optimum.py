"""The proven best choice of a few people, by integer programming: what the plan is measured against, never used to run.

Somebody all of whose groups another has too is left out first: whoever takes the other loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import highspy
import numpy as np

SECONDS = 240.0


def optimum(people: Mapping[str, frozenset[str]], sizes: Mapping[str, int], most: int, *, whole: bool = True) -> float:
    """Give the most members that `most` people reach; with `whole` false an upper bound of it, quickly."""
    kept = undominated(people)
    leaders: dict[str, list[int]] = {}
    for column, spaces in enumerate(kept.values()):
        for space in spaces:
            leaders.setdefault(space, []).append(column)
    # Groups led by the same people are reached together.
    weights: dict[tuple[int, ...], int] = {}
    for space, columns in leaders.items():
        weights[tuple(columns)] = weights.get(tuple(columns), 0) + sizes[space]
    return _solve(len(kept), {columns: size for columns, size in weights.items() if size}, most, whole)


def undominated(people: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Leave out whoever has no group that somebody else does not have too; of several with the same, keep one."""
    leaders: dict[str, list[str]] = {}
    for person, spaces in people.items():
        for space in spaces:
            leaders.setdefault(space, []).append(person)
    # The widest first: whoever is left out is left out for the sake of somebody kept.
    ordered = sorted(people, key=lambda person: (-len(people[person]), person))
    kept: dict[str, frozenset[str]] = {}
    for person in ordered:
        spaces = people[person]
        rarest = min(spaces, key=lambda space: len(leaders[space]))
        if not any(other in kept and spaces <= kept[other] for other in leaders[rarest]):
            kept[person] = spaces
    return kept


def _solve(number: int, weights: Mapping[tuple[int, ...], int], most: int, whole: bool) -> float:
    """Choose people x and reach groups y: at most `most` people, no group without one of its own."""
    groups = list(weights)
    starts, indices, values = [0], [], []
    for row, columns in enumerate(groups):
        indices += [number + row, *columns]
        values += [1.0] + [-1.0] * len(columns)
        starts.append(len(indices))
    indices += range(number)
    values += [1.0] * number
    starts.append(len(indices))
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", SECONDS)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = number + len(groups), len(groups) + 1
    model.sense_ = highspy.ObjSense.kMaximize
    # In millions, so that the solver's tolerances mean something.
    model.col_cost_ = np.concatenate([np.zeros(number), np.array([weights[one] for one in groups]) / 1e6])
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.ones(model.num_col_)
    model.row_lower_ = np.full(model.num_row_, -highspy.kHighsInf)
    model.row_upper_ = np.concatenate([np.zeros(len(groups)), [float(most)]])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = np.array(starts), np.array(indices)
    model.a_matrix_.value_ = np.array(values)
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * number + [highspy.HighsVarType.kContinuous] * len(groups)
        model.integrality_ = kinds
    solver.passModel(model)
    solver.run()
    found = solver.getInfo()
    # Where time ran out, the bound is what is proven.
    return float((found.mip_dual_bound if whole else found.objective_function_value) * 1e6)
