"""How numbers are told in tables."""


def significant(value, digits=3):
    """A number with so many digits and a prefix of a thousand, for a unit to follow."""
    for factor, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")):
        if abs(value) >= factor:
            return f"{_digits(value / factor, digits)} {prefix}"
    return f"{value:.{digits}g} "


def _digits(value, digits):
    return f"{value:#.{digits}g}".rstrip(".")


def duration(seconds):
    """Three digits of a time, in s, ms, us or ns."""
    for factor, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= 0.9995 * factor:
            value = seconds / factor
            return f"{value:.0f} {unit}" if value >= 999.5 else f"{_digits(value, 3)} {unit}"
    return f"{_digits(seconds * 1e9, 3)} ns"


def markdown(head, rows):
    """A table in Markdown with columns of one width."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    cells.insert(1, ["-" * width for width in widths])
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |\n" for row in cells)


def table(head, rows):
    """Prints a table."""
    print(markdown(head, rows), flush=True)
