"""Takes the pictures of docs/desk: each page of the desk over the example corpus, light, dark and on a phone.

    python scripts/desk_pictures.py docs/desk

Needs Chromium, playwright and pillow. A copy of the example record is reviewed a little first, so that the pages of
the review have something to show; the record itself stays as it is.
"""

from __future__ import annotations

import io
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from legation.coder import Coder
from legation.keeping import open_store
from legation.web.app import create_app
from legation.web.background import CoderInWaiting, Job
from legation.web.demo import demo_path, make_demo

SITUATION = "/situations/afghanistan-2021"
PAGES = {
    "today": "/?day=2021-08-16",
    "situation": SITUATION,
    "situation-map": f"{SITUATION}#dyads",
    "charts": f"{SITUATION}/charts",
    "brief": f"{SITUATION}/brief",
    "dyad": "/dyads/USA/AFG",
    "actor": "/actors/Joe%20Biden",
    "event": "EVENT",
    "document": "/documents/aug26-abbey-gate-night",
    "search": "/search?words=airport&since=2021-08-01",
    "sources": "/sources",
    "code": "/code",
    "coded": "CODED",
    "review": "/review",
    "review-event": "REVIEW",
    "agreement": "/rounds/round-1#agreement",
    "score": "/review/score",
    "alerts": "/alerts",
    "error": "/nowhere",
}
MOSCOW = Path(__file__).parents[1] / "examples" / "moscow-press-conference.txt"
COLOURS = 96
WIDE, PHONE = {"width": 1200, "height": 800}, {"width": 390, "height": 780}


def main(target: Path) -> None:
    """Serve the record, walk through it, and take the pictures."""
    target.mkdir(parents=True, exist_ok=True)
    record = Path(tempfile.mkdtemp()) / "record.db"
    if not demo_path().exists():
        make_demo(demo_path(), CoderInWaiting(Coder), Job("Coding the example corpus"))
    shutil.copy(demo_path(), record)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(store=open_store(record)), log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    home = f"http://127.0.0.1:{listening.getsockname()[1]}"
    while not server.started:
        time.sleep(0.05)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        _walk(browser, home)
        for name, path in PAGES.items():
            for look, options in (
                ("light", {"viewport": WIDE}),
                ("dark", {"viewport": WIDE, "color_scheme": "dark"}),
                ("phone", {"viewport": PHONE, "device_scale_factor": 1}),
            ):
                page = _person(browser, home, "Anna", **options)
                page.goto(home + _address(page, home, path))
                page.wait_for_timeout(2_500 if name == "charts" else 250)
                if "#" in path:
                    page.evaluate("document.querySelector('.top').style.position = 'static'")
                    page.evaluate("h => document.querySelector(h).scrollIntoView()", "#" + path.split("#")[1])
                _write(page.screenshot(), target / f"{name}-{look}.png")
                page.context.close()
        browser.close()
    server.should_exit = True


def _walk(browser: Browser, home: str) -> None:
    """Reviews of one person, a round of two, an alert."""
    anna, ben = _person(browser, home, "Anna"), _person(browser, home, "Ben")
    anna.goto(home + "/review/next?by=sample")
    for verdict in ("accept", "accept", "reject", "accept", "correct", "accept", "accept", "accept", "reject", "accept"):
        if verdict == "correct":
            anna.click(".correcting summary")
            anna.select_option("#c-status", "attempted")
        anna.click(f"button[value={verdict}]")
        anna.wait_for_load_state()
    anna.goto(home + "/review")
    anna.fill("#title", "August, first ten")
    anna.click("text=Begin a round")
    round_one = anna.url
    plan = "CONSULT AID ASSAULT ACCUSE ASSAULT CONSULT REQUEST RETREAT ASSAULT SUPPORT".split()
    for page, other in ((anna, {}), (ben, {3: "REQUEST", 8: "COERCE"})):
        page.goto(round_one)
        page.click("text=Code your part")
        for n, kind in enumerate(plan):
            page.select_option("#c-event", other.get(n, kind))
            page.fill("#c-actors", "AFG REB Taliban" if n % 3 else "USA GOV")
            page.fill("#c-date", "2021-08-15" if n != 4 or not other else "2021-08")
            page.click("main form.sheet button[value=event]")
            page.wait_for_load_state()
    anna.goto(home + "/search?actors=QAT")
    anna.fill("#keep-name", "Qatar as a broker")
    anna.click("button[value=alert]")
    anna.wait_for_load_state()


def _person(browser: Browser, home: str, name: str, **options: Any) -> Page:
    page = browser.new_context(**(options or {"viewport": WIDE})).new_page()
    page.goto(home + "/review")
    page.fill("#name", name)
    page.press("#name", "Enter")
    page.wait_for_selector("text=Change")
    return page


def _address(page: Page, home: str, path: str) -> str:
    if path == "CODED":
        page.goto(home + "/code")
        page.fill("#text", MOSCOW.read_text(encoding="utf-8"))
        page.fill("#published", "2021-07-09")
        page.click("main button:has-text('Code it')")
        page.wait_for_selector("[data-reader]", timeout=60_000)
        return page.url.removeprefix(home)
    if path in ("EVENT", "REVIEW"):
        events = page.request.get(home + "/search.json?events=ASSAULT&since=2021-08-26&until=2021-08-26").json()["events"]
        most = max(events, key=lambda e: len(e["reports"]))
        return f"/{'events' if path == 'EVENT' else 'review'}/{most['id']}"
    return path


def _write(picture: bytes, path: Path) -> None:
    """The picture with few colours: pages have few, and the docs stay small."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
