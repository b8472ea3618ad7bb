"""Pages to look at in a real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Error
from tests.views import invented

from bowiegraph.views import View, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

READY: Final = "html[data-ready=true]"


class Visit:
    """A page that somebody looks at, and what went wrong or out while they did."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda told: self.errors.append(told.text) if told.type in {"error", "warning"} else None)
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: Path, address: str = "") -> Page:
        self.page.goto(f"{path.as_uri()}{address}")
        self.page.wait_for_selector(READY)
        return self.page

    @property
    def outward(self) -> list[str]:
        """Requests to anywhere but the file itself."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open windows that are offline; whatever goes wrong in one fails the test that opened it."""
    opened: list[Visit] = []
    contexts = []

    def start(*, width: int = 1280, height: int = 800, **options: Any) -> Visit:  # noqa: ANN401 — passed on to Playwright
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        opened.append(Visit(context.new_page()))
        return opened[-1]

    yield start
    for each in opened:
        try:
            assert not each.errors
            assert not each.outward
        finally:
            each.page.close()
    for context in contexts:
        try:
            context.close()
        except Error:
            continue


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the invented story."""
    made: View = view(invented.store(), query=invented.QUERY, title="The Blue Hour")
    return made.save(tmp_path_factory.mktemp("views") / "story.html")


@pytest.fixture
def page(visit: Callable[..., Visit], story: Path) -> Page:
    """The invented story, in a window of a usual size."""
    return visit().open(story)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Pages of the shipped graph, each made once."""
    from bowiegraph.store import open_store  # noqa: PLC0415 — only where a page of it is wanted

    folder = tmp_path_factory.mktemp("shipped")

    def make(name: str) -> Path:
        path: Path = folder / f"{name}.html"
        return path if path.exists() else view(open_store(), name).save(path)

    return make
