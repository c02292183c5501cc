"""scripts/plot: which figures it writes, and that it says in one sentence why it cannot."""

import re
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import h5py
import pytest
from conftest import ROOT, Finished


def plot(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run scripts/plot."""
    command = [str(ROOT / "scripts" / "plot"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def written(directory: Path, *arguments: object, highest: int = 1600) -> set[str]:
    """Plot into the directory and return the names of the figures, each a sound PNG at most so many dots high."""
    done = plot(*arguments, "-o", directory)
    assert done.returncode == 0, done.stderr
    for path in directory.iterdir():
        head = path.read_bytes()[:24]
        assert head.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", head[16:24])
        # A column or a page wide at 300 dots an inch.
        assert 1000 <= width <= 2200 and 600 <= height <= highest, (path.name, width, height)
        assert path.stat().st_size > 10_000, f"{path.name} is all but blank"
    return {path.name for path in directory.iterdir()}


def assert_refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    """Exit code 2 and one sentence with the words."""
    assert done.returncode == 2
    assert re.fullmatch(rf"scripts/plot: [^\n]*{words}[^\n]*\n", done.stderr), done.stderr


@pytest.fixture
def edited(fig4a: Finished, tmp_path: Path) -> Callable[..., Path]:
    """A function that copies the results and edits the copy."""

    def edit(change: Callable[[h5py.File], None]) -> Path:
        directory = tmp_path / "edited"
        directory.mkdir()
        shutil.copy(fig4a.file, directory)
        with h5py.File(directory / "results.h5", "r+") as file:
            change(file)
        return directory

    return edit


def keep_frames(count: int) -> Callable[[h5py.File], None]:
    """A change that leaves the first frames only."""

    def change(file: h5py.File) -> None:
        for name in ("time", "position", "concentration"):
            kept = file["profiles"][name][:count]
            # As a scale, the time is referred to by the others; moving it aside keeps them sound.
            file["profiles"].move(name, f"all_{name}")
            file["profiles"][name] = kept

    return change


def test_one_run(fig4a: Finished, tmp_path: Path) -> None:
    assert written(tmp_path / "new" / "figures", fig4a.directory) == {
        "profiles.png",
        "surface-and-mean.png",
        "fig4a.png",
    }


def test_a_swelling_layer(host_frame: Finished, tmp_path: Path) -> None:
    assert "surface-and-mean.png" in written(tmp_path, host_frame.file)


def test_steps_are_labelled_where_there_is_room(run_case: Callable[..., Finished], tmp_path: Path) -> None:
    plate = "{step: plate, current_density: 2 mA/cm^2, until: {event: surface_saturates}}"
    steps = [
        "{step: plate, current_density: 1 mA/cm^2, until: {time: 300 s}}",
        "{step: strip, current_density: 1 mA/cm^2, until: {time: 10 s}}",
        plate,
        # At its end when it begins.
        plate,
        "{step: rest, until: {time: 200 s}}",
    ]
    run = run_case("steps", "--set", f"protocol=[{', '.join(steps)}]")
    done = plot(run.directory, "--format", "svg", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "surface-and-mean.svg").read_text(encoding="utf-8")
    assert re.findall(r">([^<>]* mA/cm²|rest)</text>", drawn) == ["1 mA/cm²", "2 mA/cm²", "rest"]


def test_three_currents(run_case: Callable[..., Finished], tmp_path: Path) -> None:
    runs = [
        run_case(f"at-{current}", "--set", f"protocol.0.current_density={current} mA/cm^2").directory
        for current in ("1", "0.1", "0.5")
    ]
    assert written(tmp_path, *runs) == {"compare.png", "fig4b.png"}


@pytest.fixture
def plates(samples: Path, tmp_path: Path) -> list[Path]:
    """Directories of two runs in the plane."""
    directories = [tmp_path / name for name in ("one-way", "two-way")]
    for directory in directories:
        directory.mkdir()
        shutil.copy(samples / "plate.h5", directory / "results.h5")
    return directories


def drawn_words(directory: Path, name: str, *runs: Path) -> list[str]:
    """Plot as SVG and return all words in a figure."""
    done = plot(*runs, "--format", "svg", "-o", directory)
    assert done.returncode == 0, done.stderr
    return re.findall(r">([^<>]+)</text>", (directory / f"{name}.svg").read_text(encoding="utf-8"))


def test_a_run_in_the_plane(plates: list[Path], tmp_path: Path) -> None:
    figures = {"maps.png", "through-thickness.png"}
    assert written(tmp_path / "figures", plates[0], highest=2400) == figures
    words = drawn_words(tmp_path / "svg", "maps", plates[0])
    for word in ("Von Mises stress", "GPa", "Radius (nm)", "Height (nm)", "after 80 s"):
        assert word in words
    # Seen whole: the radius counts from the axis to both sides.
    assert words.count("100") >= 2 and "−100" not in words


def test_a_run_in_the_plane_at_rest(samples: Path, tmp_path: Path) -> None:
    words = drawn_words(tmp_path, "maps", samples / "strip.h5")
    assert "x (nm)" in words and "y (nm)" in words


def test_runs_in_the_plane_beside_each_other(plates: list[Path], tmp_path: Path) -> None:
    assert written(tmp_path / "figures", *plates, highest=2400) == {"compare.png"}
    words = drawn_words(tmp_path / "svg", "compare", *plates)
    for word in ("one-way", "two-way", "after 80 s", "Potential (mV)", "electrolyte", "collector"):
        assert word in words


def test_what_a_plane_run_lacks_is_left_out(plates: list[Path], tmp_path: Path) -> None:
    for directory in plates:
        with h5py.File(directory / "results.h5", "r+") as file:
            for name in set(file["fields"]) - {"time", "row", "column", "x", "y", "concentration"}:
                del file["fields"][name]
            # A uniform field has a colour, too.
            file["fields/concentration"][...] = 0
    assert "Lithium concentration (mmol/cm³)" in drawn_words(tmp_path / "both", "compare", *plates)
    assert "mmol/cm³" in drawn_words(tmp_path / "one", "maps", plates[0])


def test_a_layer_and_a_plane_are_not_compared(fig4a: Finished, plates: list[Path]) -> None:
    assert_refused(plot(fig4a.directory, plates[0]), "draw them apart")


def test_figures_go_beside_the_results(fig4a: Finished, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(fig4a.file, copy)
    done = plot(copy, "--format", "svg")
    assert done.returncode == 0, done.stderr
    names = ("fig4a.svg", "profiles.svg", "surface-and-mean.svg")
    assert sorted(path.name for path in copy.glob("*.svg")) == sorted(names)
    assert len(done.stdout.splitlines()) == len(names)


def test_the_same_run_gives_the_same_bytes(fig4a: Finished, tmp_path: Path) -> None:
    for file_format in ("png", "svg", "pdf"):
        for folder in ("first", "second"):
            assert plot(fig4a.directory, "--format", file_format, "-o", tmp_path / folder).returncode == 0
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name


def test_a_killed_run_is_drawn(edited: Callable[..., Path], tmp_path: Path) -> None:
    def kill(file: h5py.File) -> None:
        file.attrs["status"] = "running"
        del file["summary"]
        keep_frames(3)(file)

    assert "fig4a.png" in written(tmp_path / "figures", edited(kill))


def test_missing_file(tmp_path: Path) -> None:
    assert_refused(plot(tmp_path / "nowhere"), "does not exist")
    assert_refused(plot(tmp_path), "results.h5 does not exist")


def test_not_hdf5(tmp_path: Path) -> None:
    (tmp_path / "results.h5").write_text("not HDF5")
    assert_refused(plot(tmp_path), "cannot be read as HDF5")


def test_not_from_mesolith(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = 1
    assert_refused(plot(tmp_path / "other.h5"), "not one of Mesolith's results")


def test_another_major_version(edited: Callable[..., Path]) -> None:
    directory = edited(lambda file: file.attrs.modify("format_version", [2, 0]))
    assert_refused(plot(directory), r"has format 2\.0")


@pytest.mark.parametrize(("count", "words"), [(0, "holds no frame"), (1, "holds one frame")])
def test_too_few_frames(edited: Callable[..., Path], count: int, words: str) -> None:
    assert_refused(plot(edited(keep_frames(count))), words)


def test_damaged_content(edited: Callable[..., Path]) -> None:
    def damage(file: h5py.File) -> None:
        del file["series/charge"]

    assert_refused(plot(edited(damage)), "does not follow the results format")
