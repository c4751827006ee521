"""A line of the original handwritten proof: true, true once mended, false, or no formula.

Every formula of the page is a claim that the engine proves or refutes; no verdict is written down.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lessons.proofs.claim import Claim
from lessons.proofs.language.reader import read
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.setting import Setting

TRUE, MENDED, FALSE = "true", "true once mended", "false as scanned"
REMARK = "not a formula"


@dataclass(frozen=True, eq=False)
class SketchLine:
    """One line of the page.

    Attributes
    ----------
    number : str
        B1 to B5, M1 to M7, W1 to W4, C1.
    page : str
        What the page says around the formula, in English.
    chains : tuple of tuple of str
        The formulas, letter by letter, in the tutor's language: each a chain of equal expressions.
    reason : str
        Why the line is right, or what the slip is.
    mended : tuple of str
        The chain that should stand there; of a true line, the chain with the steps between.
    setting : Setting
    mended_setting : Setting or None
        Where the mended chain needs other letters than the line.
    meant : tuple of tuple of str
        The formulas with their letters put right (a lost hat, a misplaced index), where that is all
        that they lack.
    """

    number: str
    page: str
    chains: tuple[tuple[str, ...], ...]
    reason: str
    mended: tuple[str, ...]
    setting: Setting
    mended_setting: Setting | None = None
    meant: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def verdict(self) -> str:
        """'true', 'true once mended', 'false as scanned' or 'not a formula', as the engine finds.

        Raises
        ------
        RuntimeError
            The engine neither proves nor refutes one of the equalities.
        """
        if not self.chains:
            return REMARK
        if _all_hold(self.claims):
            return TRUE
        meant = [claim for chain in self.meant for claim in _claims(chain, self.setting)]
        return MENDED if meant and _all_hold(meant) else FALSE

    @cached_property
    def claims(self) -> list[Claim]:
        """The line's equalities, in order."""
        return [claim for chain in self.chains for claim in _claims(chain, self.setting)]

    @property
    def mended_claims(self) -> list[Claim]:
        """The mended line's equalities, in order."""
        return _claims(self.mended, self.mended_setting or self.setting)

    @property
    def mended_is_the_line(self) -> bool:
        """Whether the mended chain shows what the line claims, with the steps between."""
        return any(chain[0] == self.mended[0] for chain in self.chains)

    @property
    def counterexample(self) -> str:
        """Where the first false equality fails, in words; empty if none is false."""
        found = next((c.counterexample for c in self.claims if c.counterexample), None)
        if found is None:
            return ""
        return f"at {found.place}, the left side is {found.left}, the right side is {found.right}"

    @property
    def as_read(self) -> str:
        """The formulas of the page in LaTeX, without dollar signs; empty for a remark."""
        return r" \\[4pt] ".join(_latex(chain, self.setting) for chain in self.chains)

    @property
    def as_mended(self) -> str:
        """The mended line in LaTeX, without dollar signs."""
        return _latex(self.mended, self.mended_setting or self.setting)

    def audit(self) -> "Audit":
        """Return the verdict with its reason and the mended line, to be shown below the line."""
        return Audit(self)

    def _repr_markdown_(self):
        formula = f"\n\n{_displayed(self.as_read)}" if self.chains else ""
        return f"**{self.number}** · {self.page}{formula}"

    def __repr__(self):
        return f"{self.number}: {self.page}"


@dataclass(frozen=True, eq=False)
class Audit:
    """A line's verdict, reason and mended form, shown as Markdown."""

    line: SketchLine

    @property
    def explanation(self) -> str:
        """The reason and the mended line, with LaTeX between dollar signs."""
        label = "In full" if self._in_full else "Mended"
        return f"{self.line.reason}\n\n{label}:\n\n{_displayed(self.line.as_mended)}"

    @property
    def _in_full(self):
        return self.line.verdict == TRUE and self.line.mended_is_the_line

    def _repr_markdown_(self):
        line = self.line
        place = f" It fails {line.counterexample}." if line.counterexample else ""
        return f"**{line.number}: {line.verdict}.**{place} {self.explanation}"

    def __repr__(self):
        line = self.line
        place = f" ({line.counterexample})" if line.counterexample else ""
        return f"{line.number}: {line.verdict}{place}"


def _all_hold(claims):
    return all(_holds(claim) for claim in claims)


def _holds(claim):
    if claim.verdict == "not proved":
        raise RuntimeError(f"neither proved nor refuted: {claim}")
    return claim.verdict == "proved"


def _expressions(chain, setting):
    return [read(text, setting.vocabulary)[0] for text in chain]


def _claims(chain, setting):
    pairs = pairwise(_expressions(chain, setting))
    return [Claim(left, right, setting=setting) for left, right in pairs]


def _latex(chain, setting):
    first, *rest = (to_latex(expression) for expression in _expressions(chain, setting))
    return rf"{first} &= " + r" \\[4pt] &= ".join(rest)


def _displayed(rows):
    return f"$$\\begin{{aligned}}\n{rows}\n\\end{{aligned}}$$"
