"""Cells as they were computed, and when a cell of the program is the same."""
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Share:
    """A part of a whole; of nothing there is no share."""

    part: object
    whole: object

    def agrees(self, cell):
        if not self.whole:
            return cell is None or cell == 0
        return cell is not None and abs(Fraction(cell) - Fraction(self.part) / Fraction(self.whole)) < Fraction(1, 10**9)

    def __str__(self):
        return f"{self.part}/{self.whole}"


@dataclass(frozen=True)
class Average:
    """A quotient that is shown rounded: to whole numbers, or to as many places as the program wrote."""

    over: object
    under: object

    def agrees(self, cell):
        if not self.under:
            return cell is None or cell == 0
        if cell is None:
            return False
        places = -cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
        # Milliseconds are cut off before seconds are rounded, hence the small grace.
        return abs(Fraction(cell) - self.value) <= Fraction(1, 2 * 10**places) + Fraction(1, 1000)

    @property
    def value(self):
        return Fraction(self.over) / Fraction(self.under)

    def __str__(self):
        return f"{float(self.value):.4f}" if self.under else "nothing"


def agrees(expected, cell):
    """Whether the program's cell says what was computed."""
    if isinstance(expected, (Share, Average)):
        return expected.agrees(cell)
    if expected in (None, ""):
        return cell in (None, "")
    if isinstance(expected, int):
        return isinstance(cell, (int, Decimal)) and expected == cell
    return expected == cell


def is_nothing(expected):
    """Whether a cell counts nothing, so that its row may be left out."""
    if isinstance(expected, Share):
        return not expected.part
    if isinstance(expected, Average):
        return not expected.over
    return expected in (None, 0, "")


@dataclass
class Answer:
    """Rows by their keys."""

    keys: list
    additive: list = field(default_factory=list)
    rows: dict = field(default_factory=dict)
    # Columns that say how large something is that does not depend on the question, such as a list's contacts.
    standing: list = field(default_factory=list)
    # Rows that must be there although they count nothing.
    required: set = field(default_factory=set)
    # The program may tell rows of a key further apart; their counts are added up.
    is_added: bool = False

    def compared(self, before):
        """With the sums of the period before beside each row's own, as `--compare` shows them."""
        blank = lambda rows: {column: 0 for column in next(iter(rows.values()))} if rows else {}
        for key in before.rows:
            self.rows.setdefault(key, {column: 0 for column in self.additive})
        for key, row in self.rows.items():
            earlier = before.rows.get(key) or blank(before.rows)
            row.update({f"{column}_before": earlier.get(column, 0) for column in self.additive})
        return self
