"""The sketch's second page: ∇_W L = ∇_z L · xᵀ and ∇_b L = ∇_z L, entry by entry."""

from lessons.proofs.original.line import SketchLine
from lessons.proofs.tutor.tasks import weights

LABEL_ROW, ANY_ROW, OTHER_ROW = weights.OWN, weights.ANY, weights.OTHER

_OWN = "e^(sum(W[i, p]*x[p], p) + b[i])"
_ALL = "sum(e^(sum(W[t, p]*x[p], p) + b[t]), t)"
_SCANNED = f"-({_OWN} - {_OWN}*{_ALL}/{_ALL})/{_ALL}"

LINES = (
    SketchLine(
        "W1",
        "We treat the multiclass case directly:",
        (("L", f"-log({_OWN}/{_ALL})"),),
        "It is M2 with z = Wx + b.",
        ("L", "-log(yhat[i])", "-log(e^(z[i])/S)", f"-log({_OWN}/{_ALL})"),
        LABEL_ROW,
    ),
    SketchLine(
        "W2",
        "The derivative by the row w[i], here its entry q, as scanned:",
        (("dL/dW[i, q]", _SCANNED),),
        r"As scanned it is 0 for every W, and no factor x is left: the derivative of $x^\top w_i$ "
        r"by the entry q of $w_i$ is $x_q$.",
        (
            "dL/dW[i, q]",
            "-S/e^(z[i]) * (e^(z[i])*x[q]*S - e^(z[i])*e^(z[i])*x[q])/S^2",
            "(e^(z[i])/S - 1)*x[q]",
            "(yhat[i] - y[i])*x[q]",
        ),
        LABEL_ROW,
    ),
    SketchLine(
        "W3",
        "The derivative by the other rows, k being any index ≠ i, with the same right-hand side:",
        (("dL/dW[k, q]", _SCANNED),),
        r"It is 0 as well, and the same for every k. In truth row k keeps $e^{z_k}$ from the "
        r"denominator, and the factor $x_q$.",
        (
            "dL/dW[k, q]",
            "-S/e^(z[i]) * (0*S - e^(z[i])*e^(z[k])*x[q])/S^2",
            "e^(z[k])/S * x[q]",
            "(yhat[k] - y[k])*x[q]",
        ),
        OTHER_ROW,
    ),
    SketchLine(
        "W4",
        "The claim ∇_W L = ∇_z L · xᵀ, here its entry in row k and column q:",
        (("dL/dW[k, q]", "dL/dz[k] * x[q]"),),
        "But W2 and W3 do not prove it.",
        (
            "dL/dW[k, q]",
            "dL/dz[k] * d/dW[k, q](z[k])",
            "dL/dz[k] * x[q]",
            "(yhat[k] - y[k])*x[q]",
        ),
        ANY_ROW,
    ),
    SketchLine(
        "C1",
        "Putting the elements in order, ∇_b L = ∇_z L, here its component k:",
        (("dL/db[k]", "dL/dz[k]"),),
        "But the page shows no step.",
        ("dL/db[k]", "dL/dz[k] * d/db[k](z[k])", "dL/dz[k]", "yhat[k] - y[k]"),
        ANY_ROW,
    ),
)
