"""Where a linear softmax model predicts each class: convex polygons, exact at every zoom."""

import numpy as np


def decision_regions(W, b, box):
    """Return one polygon a class: the part of a box where that class has the largest logit.

    The class k wins where (w_k − w_j)·x + b_k − b_j ≥ 0 for all j: the box is cut by one straight
    line after another. No grid of predictions is needed, and no edge is jagged.

    Parameters
    ----------
    W : array, shape (K, 2)
        Weights; row k belongs to class k.
    b : array, shape (K,)
        Biases.
    box : (float, float, float, float)
        Left, right, bottom and top.

    Returns
    -------
    list of K arrays, shapes (corners, 2)
        Without any corner where a class wins nowhere.

    Source: I. E. Sutherland, G. W. Hodgman, "Reentrant polygon clipping", CACM 17 (1974).
    """
    left, right, bottom, top = box
    frame = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    classes = range(len(b))
    regions = []
    for k in classes:
        polygon = frame
        for j in classes:
            if j != k:
                polygon = _cut(polygon, W[k] - W[j], b[k] - b[j])
        regions.append(polygon)
    return regions


def _cut(polygon, direction, offset):
    """Keep the part of a polygon where direction·x + offset ≥ 0."""
    heights = polygon @ direction + offset
    kept = []
    for n in range(len(polygon)):
        here, there = polygon[n], polygon[(n + 1) % len(polygon)]
        a, c = heights[n], heights[(n + 1) % len(polygon)]
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (c >= 0):
            kept.append(here + (there - here) * (a / (a - c)))
    return np.array(kept).reshape(-1, 2)
