"""How numbers are told in tables."""


def significant(value, digits=3):
    """A number with so many digits and a prefix of a thousand."""
    for factor, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")):
        if abs(value) >= factor:
            return f"{value / factor:#.{digits}g}".rstrip(".") + (f" {prefix}" if prefix else "")
    return f"{value:.{digits}g}"


def duration(seconds):
    for factor, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= factor:
            return f"{seconds / factor:#.3g}".rstrip(".") + f" {unit}"
    return f"{seconds * 1e9:#.3g} ns"


def table(head, rows):
    """Prints Markdown with columns of one width."""
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")
    print(flush=True)
