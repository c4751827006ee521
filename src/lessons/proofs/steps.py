"""Derivation and its steps: each an expression and why it follows, verified before it is shown."""

from dataclasses import dataclass, field

from sympy import Expr

from lessons.proofs.claim import Claim
from lessons.proofs.printing import page
from lessons.proofs.setting import Setting
from lessons.proofs.verdict import judge


class WrongStep(ValueError):
    """A step that does not follow from the one before."""


@dataclass(frozen=True, eq=False)
class Step:
    """One line of a proof.

    Parameters
    ----------
    expression : Expr
        The line as it is shown, usually unevaluated: a scalar, or arrays (`lessons.proofs.arrays`).
    because : str
        Why it follows from the line before; mathematics stands between backticks.
    relation : str
        "=": equal to the line before. "≥": the last line reached by "=" is at least this one, which
        must be 0. "→": it tends to this one as `towards` says.
    left : Expr, optional
        What else the line equals, shown to its left: `gradient(L, W[k, q])` for stacked entries.
    towards : pair, optional
        For "→": a letter and where it goes, `(logit, oo)`.
    """

    expression: Expr
    because: str
    relation: str = "="
    left: Expr | None = None
    towards: tuple[Expr, Expr] | None = None


@dataclass(frozen=True, eq=False)
class Derivation:
    """A proof, from a quantity through its steps to the result; it is verified before it is shown.

    Parameters
    ----------
    title : str
    left : Expr
        What the first line equals, such as `Partial(L, logit)`.
    steps : tuple of Step
    setting : Setting
        What the names in the lines mean, what is assumed, and at which entry vectors and matrices
        are compared with scalar lines.

    Examples
    --------
    >>> from lessons.proofs import derivation
    >>> proof = derivation("binary, y = 1")
    >>> len(proof.steps)
    10
    >>> first, blanked = proof[:3], proof.blank(4)  # three steps; all, with a box for line 4
    """

    title: str
    left: Expr
    steps: tuple[Step, ...]
    setting: Setting = field(default_factory=Setting)
    _verified: list[bool] = field(default_factory=list, init=False, repr=False)

    def verify(self) -> "Derivation":
        """Prove every step on both roads; once proved it is not proved again.

        Returns
        -------
        Derivation
            Itself.

        Raises
        ------
        WrongStep
            Names the first step that does not follow, and a point at which it fails, if found.
        """
        if not self._verified:
            reached = self.left
            for number, step in enumerate(self.steps, start=1):
                failure = self._failure(step, reached)
                if failure:
                    raise WrongStep(
                        f"{self.title}: step {number} ({step.because}) does not follow from "
                        f"{page.to_text(reached)}: {failure}"
                    )
                reached = step.expression if step.relation == "=" else reached
            self._verified.append(True)
        return self

    def _failure(self, step, reached):
        """Say why a step does not follow from the line reached before it, or None if it does."""
        questions = [(reached, step.expression, self.setting, step.relation, step.towards)]
        if step.left is not None:
            questions.append((step.left, step.expression, self.setting))
        for question in questions:
            verdict = judge(*question)
            if not verdict:
                return verdict.counterexample or "not proved, though no counterexample was found"
        return None

    def claim(self, number: int, answer: Expr) -> Claim:
        """Claim that a student's answer equals line `number` of this proof."""
        line = self._step(number).expression
        return Claim(line, answer, setting=self.setting)

    def step(self, number: int) -> "View":
        """View of one line; lines count from 1, as they are shown."""
        self._step(number)
        return self[number - 1 : number]

    def _step(self, number):
        if not 1 <= number <= len(self.steps):
            raise ValueError(f"expected a line from 1 to {len(self.steps)}, got {number}")
        return self.steps[number - 1]

    def blank(self, *numbers: int) -> "View":
        """View of all lines, with those numbered as empty boxes to be filled in."""
        return self[:].blank(*numbers)

    def __getitem__(self, lines: slice) -> "View":
        """View of some lines: `proof[:3]`, `proof[2:]`."""
        if not isinstance(lines, slice):
            raise TypeError(f"expected a slice such as [:3], got {lines!r}; for one line, .step(1)")
        return View(self, range(len(self.steps))[lines])

    def __len__(self) -> int:
        return len(self.steps)

    def _repr_latex_(self):
        return self[:]._repr_latex_()

    def __repr__(self):
        return repr(self[:])


@dataclass(frozen=True, eq=False)
class View:
    """Some lines of a derivation, shown; the derivation itself is what is verified.

    Attributes
    ----------
    derivation : Derivation
    lines : range
        Which steps, counted from 0.
    blanks : frozenset of int
        Numbers, counted from 1, of lines shown as an empty box.
    """

    derivation: Derivation
    lines: range
    blanks: frozenset[int] = frozenset()

    def blank(self, *numbers: int) -> "View":
        """Show these lines, numbered from 1, as empty boxes in the same view."""
        for number in numbers:
            self.derivation._step(number)
        return View(self.derivation, self.lines, self.blanks | set(numbers))

    def _repr_latex_(self):
        self.derivation.verify()
        return page.latex_of_view(self)

    def __repr__(self):
        self.derivation.verify()
        return page.text_of_view(self)
