"""Print docs/verification.md from the records that the Swift tests leave: verification_page.py DIRECTORY."""

import json
import re
import sys
from pathlib import Path

HEAD = """# Verification

Made by `scripts/docs` from the numbers that the tests measure and assert; do not edit. Each line is one assertion of
`scripts/test`: the deviation must not exceed the bound. Deviations from a reference value are relative, deviations of an
order, of a composition, of a potential (mV) and from zero absolute. Digits near round-off differ between processors.
"""


def natural(text: str) -> list:
    """A sort key in which numbers count as numbers."""
    parts = re.split(r"(\d+(?:\.\d+)?(?:e[-+]?\d+)?)", text)
    return [(0, float(part), "") if index % 2 else (1, 0.0, part) for index, part in enumerate(parts)]


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(directory: str) -> None:
    records = [json.loads(path.read_text()) for path in Path(directory).glob("*.json")]
    if not records:
        sys.exit(f"verification_page.py: {directory} holds no records; were the tests run with MESOLITH_VERIFICATION set?")
    records.sort(key=lambda record: (natural(record["chapter"]), natural(record["quantity"])))
    print(HEAD, end="")
    chapter = None
    for record in records:
        if record["chapter"] != chapter:
            chapter = record["chapter"]
            print(f"\n## {chapter}\n\n| quantity | expected | computed | deviation | bound |\n|---|---|---|---|---|")
        row = (record[key] for key in ("quantity", "expected", "found", "deviation", "bound"))
        print("| " + " | ".join(cell(text) for text in row) + " |")


if __name__ == "__main__":
    main(sys.argv[1])
