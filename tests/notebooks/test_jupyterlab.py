"""A real JupyterLab, as ``bowiegraph notebook`` opens it, in a real Chromium: what is shown there can be used."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import nbformat
import pytest
from nbclient import NotebookClient
from tests.notebooks.conftest import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

IDLE: Final = "Python 3 (ipykernel) | Idle"
TOUR: Final = "01-tour.ipynb"
SECONDS: Final = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Lab:
    """A JupyterLab in a process of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        words = ["bowiegraph", "notebook", str(folder), "--no-browser", "--port", str(free_port())]
        root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [*words, *root], env=dict(environment), cwd=folder.parent, stderr=subprocess.PIPE, text=True
        )
        self.told: list[str] = []
        self._heard = threading.Thread(target=self._hear, daemon=True)
        self._heard.start()
        self.address, self.token = self._address()

    def _hear(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.told.append(line)

    def _address(self) -> tuple[str, str]:
        """Read where it listens, as a person would, from what it says."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(r"(http://127\.0\.0\.1:\d+/lab)\?token=(\w+)", "".join(self.told))
            if found:
                return found[1], found[2]
            time.sleep(0.1)
        pytest.fail(f"JupyterLab did not start: {''.join(self.told)}")

    def open(self, page: Page, name: str) -> None:
        # a workspace of its own, without the notebooks that other tests opened
        page.goto(f"{self.address}/workspaces/{uuid4()}/tree/{name}?token={self.token}")
        page.get_by_text(IDLE).wait_for(timeout=SECONDS * 1000)

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self._heard.join(timeout=5)
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture(scope="module")
def lab(bare: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    assert shutil.which("bowiegraph")
    made = Lab(tmp_path_factory.mktemp("lab") / "notebooks", bare)
    yield made
    made.end()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window; whatever it asks of another machine fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    made = context.new_page()
    outward: list[str] = []
    made.on("request", lambda request: outward.append(request.url))
    yield made
    context.close()
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:")
    assert not [url for url in outward if not url.startswith(local)]


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def within(page: Page) -> Frame:
    """Give the page of the view that the notebook shows."""
    handle = page.wait_for_selector(".jp-OutputArea iframe", timeout=SECONDS * 1000)
    frame = handle.content_frame() if handle else None
    assert frame
    frame.wait_for_selector("html[data-ready=true]")
    return frame


def test_the_inline_view_is_clicked_and_answers(lab: Lab, page: Page) -> None:
    """Click on the line that says that London 2012 heard the song at its close, and read who says otherwise."""
    lab.open(page, TOUR)
    run_all(page)
    frame = within(page)
    page.locator(".jp-OutputArea iframe").scroll_into_view_if_needed()
    at: Any = frame.evaluate(
        """(statement) => {
            const edge = Model.edges.find((one) => Model.claimsOf(one).some((i) => Model.claims[i].statement === statement));
            const canvas = document.querySelector("#canvas").getBoundingClientRect();
            const at = Canvas.network.canvasToDOM(Canvas.network.body.edges[edge.id].edgeType.getPoint(0.5));
            return { x: canvas.x + at.x, y: canvas.y + at.y };
        }""",
        "At London 2012 “Heroes” opened the closing ceremony",
    )
    box = page.locator(".jp-OutputArea iframe").bounding_box()
    assert box
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    evidence = frame.locator("#evidence")
    evidence.get_by_text("SB Nation on London 2012").first.wait_for()
    assert "refuted" in evidence.inner_text()


def test_tables_sort_and_search(lab: Lab, page: Page) -> None:
    lab.open(page, TOUR)
    run_all(page)
    table = page.locator(".bowiegraph-answer").nth(1)  # the questions of the catalogue
    table.locator("tbody tr").first.wait_for(timeout=SECONDS * 1000)
    assert table.locator("tbody tr").count() == 42
    table.get_by_role("searchbox").fill("berlin trilogy")
    page.wait_for_timeout(300)
    assert table.locator("tbody tr:visible").count() == 1
    table.get_by_role("searchbox").fill("")
    table.get_by_role("button", name="name").click()
    assert table.locator("tbody tr:visible td").nth(1).inner_text() == "against"


def test_tab_completes_the_catalogue(lab: Lab, page: Page) -> None:
    lab.open(page, "02-sparql.ipynb")
    first = page.locator(".jp-CodeCell").first
    first.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")  # %load_ext
    first.locator(".jp-InputPrompt", has_text="[1]").wait_for(timeout=SECONDS * 1000)
    editor = page.locator(".jp-CodeCell").nth(1).locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("%sparql berlin-t")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer-item", has_text="berlin-trilogy").wait_for(timeout=SECONDS * 1000)
    page.keyboard.press("Enter")
    assert editor.inner_text().strip() == "%sparql berlin-trilogy"


def test_what_is_not_trusted_shows_the_still_picture(lab: Lab, page: Page, bare: Mapping[str, str]) -> None:
    """A notebook with outputs that somebody sent: JupyterLab takes frames and scripts out, and something is left."""
    notebook = nbformat.read(FOLDER / TOUR, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute(env=dict(bare))
    nbformat.write(notebook, lab.folder / "sent.ipynb")  # type: ignore[no-untyped-call]
    lab.open(page, "sent.ipynb")
    still = page.locator(".jp-OutputArea img[src^='data:image/svg']")
    still.wait_for(timeout=SECONDS * 1000)
    still.scroll_into_view_if_needed()
    assert still.evaluate("(image) => image.complete && image.naturalWidth") > 100
    assert page.locator(".jp-OutputArea iframe").count() == 0
    page.locator(".jp-OutputArea table", has_text="West Berlin").first.wait_for(state="attached")
    assert page.locator(".jp-OutputArea").get_by_role("searchbox").count() == 0


# ---- the command itself


def command(*words: str, environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bowiegraph", "notebook", *words],
        env=dict(environment),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_copy_is_made_and_kept(bare: Mapping[str, str], tmp_path: Path) -> None:
    """What somebody wrote into theirs stays."""
    done = command("--only-copy", environment=bare, folder=tmp_path)
    assert done.returncode == 0
    copies = sorted((tmp_path / "bowiegraph-notebooks").iterdir())
    assert [copy.read_bytes() for copy in copies] == [path.read_bytes() for path in sorted(FOLDER.glob("*.ipynb"))]
    copies[0].write_text("mine")
    copies[1].unlink()
    done = command("--only-copy", environment=bare, folder=tmp_path)
    assert done.stderr.splitlines() == [
        "wrote bowiegraph-notebooks/02-sparql.ipynb",
        "4 were there, and stay as they are",
    ]
    assert copies[0].read_text() == "mine"


def test_what_goes_wrong_is_told(bare: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = command("file", "--only-copy", environment=bare, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Directory 'file' is a file" in done.stderr
    assert (tmp_path / "file").read_text() == "x"


def test_without_jupyterlab_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bowiegraph.errors import MissingPackageError  # noqa: PLC0415 — only here
    from bowiegraph.notebook import opening  # noqa: PLC0415 — only here

    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"jupyterlab.*pip install 'bowiegraph\[notebook\]'"):
        opening.run(tmp_path)
