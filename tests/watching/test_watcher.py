"""The round: polite, patient, and no article twice, whatever the servers do."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from fake_coder import FakeCoder
from legation.watching import State, StateError, Watcher
from watching.conftest import Clock, Kept, Make
from watching.server import STORY, Answer, Handler, Site, bomb, item, moves, page, raw, rss, says, serving

FEED = "/feed.xml"


def feed_of(site: Site, *links: str | None, **headers: str) -> str:
    return site.at(FEED, rss(*(item(link and site.base + link, f"Title {link}") for link in links)), **headers)


def test_new_articles_are_fetched_coded_and_kept(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/a", page("Envoy meets governor"))
    site.at("/b", page("Second story"))
    done = watcher().run([feed_of(site, "/a", "/b")], once=True)
    assert (done.polled, done.found, done.kept, done.events) == (1, 2, 2, 2)
    first = kept.docs[0]
    assert (first.id, first.url, first.title) == (site.base + "/a", site.base + "/a", "Envoy meets governor")
    assert (first.published, first.outlet, first.lang) == ("2021-07-09", "Lind Courier", "en")
    assert STORY in first.text


def test_nothing_is_fetched_twice_by_later_rounds_or_after_a_restart(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/a", page())
    url = feed_of(site, "/a", "/a", "/a?utm_source=x")
    watcher().run([url], once=True)
    watcher().run([url], once=True)
    again = watcher()
    again.run([url], once=True)
    assert len(kept.docs) == 1
    assert site.paths("/a") == ["/a"]
    assert again.state.feed(url).items == 1


def test_what_the_store_has_already_is_not_fetched(site: Site, watcher: Make, kept: Kept, tmp_path: Path) -> None:
    site.at("/a", page())
    url = feed_of(site, "/a")
    watcher().run([url], once=True)
    again = watcher()
    again.state._db.execute("update articles set state = 'waiting', item = '{}'")  # cut off between keeping and noting
    row = '{"id": null, "link": "x", "title": null, "body": "", "published": null, "author": null, "lang": null}'
    again.state._db.execute("update articles set item = ?", (row,))
    again.run([url], once=True)
    assert len(kept.docs) == 1
    assert site.paths("/a") == ["/a"]


def test_a_crash_before_keeping_loses_nothing(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/a", page())
    url = feed_of(site, "/a", ETag='"1"')
    broken = watcher()
    broken.coder = _breaks
    with pytest.raises(RuntimeError):
        broken.run([url], once=True)
    site.at(FEED, says("", 304))
    watcher().run([url], once=True)
    assert [d.url for d in kept.docs] == [site.base + "/a"]


def _breaks() -> FakeCoder:
    raise RuntimeError


def test_the_next_poll_is_conditional_and_304_is_no_failure(site: Site, watcher: Make) -> None:
    site.at("/a", page())
    url = feed_of(site, "/a", ETag='"v1"', Last_Modified="Fri, 09 Jul 2021 10:00:00 GMT")
    watcher().run([url], once=True)
    site.at(FEED, says("", 304))
    again = watcher()
    done = again.run([url], once=True)
    asked = site.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Fri, 09 Jul 2021 10:00:00 GMT")
    assert (done.unchanged, done.failed) == (1, 0)
    assert again.state.feed(url).etag == '"v1"'


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (says("", 500), "answered 500"),
        (says("", 404), "answered 404"),
        (says("", 410), "answered 410"),
        (says(""), "no feed"),
        (says("<rss><channel><item><title>"), "feed"),  # broken XML without an item
        (says(b"\x00\x01\x02" * 99), "feed"),
        (says("{\"version\": \"https://jsonfeed.org/version/1\"}"), "no feed"),
        (says("<!doctype html><html><body>hello</body></html>"), "web page"),
        (says("<html><link rel='alternate' type='application/rss+xml' href='/r.xml'><p>x"), "it names is .*r.xml"),
        (says(bomb(9_000_000), Content_Encoding="gzip"), "larger than"),
        (moves(FEED), "in a circle"),
        (moves("ftp://127.0.0.1/x"), "only http"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>"), "broke off"),
        (raw(b"\xff\xfe\r\n\r\n"), "broken"),
        (raw(b"", pause=0.9), "longer than"),
    ],
)  # fmt: skip
def test_a_feed_that_fails_is_told_and_asked_more_and_more_seldom(
    site: Site, watcher: Make, clock: Clock, answer: Answer, why: str
) -> None:
    import re

    url = site.at(FEED, answer)
    first = watcher(every=900.0)
    assert first.run([url], once=True).failed == 1
    health = first.state.feed(url)
    assert re.search(why, health.error or ""), health.error
    pause = health.due - clock.now
    assert (health.failures, health.succeeded) == (1, None)
    assert pause >= 1_800
    first.run([url], once=True)
    assert first.state.feed(url).due - clock.now > 1.9 * pause or pause >= 86_400


def test_a_feed_that_comes_back_is_forgiven(site: Site, watcher: Make, clock: Clock) -> None:
    url = site.at(FEED, says("", 500))
    made = watcher(every=900.0)
    made.run([url], once=True)
    site.at("/a", page())
    feed_of(site, "/a")
    assert made.run([url], once=True).kept == 1
    health = made.state.feed(url)
    assert (health.failures, health.error, health.errors) == (0, None, 1)
    assert health.due - clock.now <= 900


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_host_that_asks_for_patience_gets_it(site: Site, watcher: Make, clock: Clock, form: str) -> None:
    when = format_datetime(datetime.fromtimestamp(clock.now + 7_200, UTC), usegmt=True)
    site.at("/feed2.xml", rss(item(site.base + "/a")))
    site.at("/a", page())
    url = site.at(FEED, says("", 429, Retry_After="7200" if form == "seconds" else when))
    made = watcher(every=900.0)
    made.run([url, site.base + "/feed2.xml"], once=True)
    assert abs(made.state.feed(url).due - clock.now - 7_200) < 10
    assert site.paths("/feed2") == []  # the same host
    assert made.state.feed(site.base + "/feed2.xml").failures == 0
    watcher(every=900.0).run([url, site.base + "/feed2.xml"], once=True)  # after a restart too
    assert len(site.paths("/feed")) == 1
    clock.now += 7_300
    assert watcher().run([site.base + "/feed2.xml"], once=True).kept == 1


def test_an_article_is_tried_again_later_and_then_taken_from_the_feed(
    site: Site, watcher: Make, kept: Kept, clock: Clock
) -> None:
    body = f"&lt;p&gt;{STORY}&lt;/p&gt;"
    url = site.at(FEED, rss(item(site.base + "/a", body=body)))
    site.at("/a", says("", 500))
    made = watcher()
    for _ in range(6):
        made.run([url], once=True)
        clock.now += 30_000
    assert len(site.paths("/a")) == 4
    assert [d.text for d in kept.docs] == [f"Envoy meets governor\n{STORY}"]
    assert "Only what the feed tells is kept: the server answered 500." in [p.message for p in kept.docs[0].problems]


def test_an_article_that_comes_at_the_second_try_is_kept_once(
    site: Site, watcher: Make, kept: Kept, clock: Clock
) -> None:
    url = feed_of(site, "/a")
    site.at("/a", says("", 503))
    made = watcher()
    made.run([url], once=True)
    site.at("/a", page())
    made.run([url], once=True)
    assert kept.docs == []
    clock.now += 700
    made.run([url], once=True)
    made.run([url], once=True)
    assert len(kept.docs) == 1
    assert not any(p.stage == "watching" for p in kept.docs[0].problems)


@pytest.mark.parametrize(
    "answer",
    [
        says("", 404),
        says("%PDF-1.7", Content_Type="application/pdf"),
        says(bomb(9_000_000), Content_Encoding="gzip"),
        says("<html><body></body></html>"),
        moves("ftp://example.org/"),
    ],
)
def test_an_article_that_never_comes_is_taken_from_the_feed_at_once(
    site: Site, watcher: Make, kept: Kept, answer: Answer
) -> None:
    url = site.at(FEED, rss(item(site.base + "/a", body=STORY)))
    site.at("/a", answer)
    watcher().run([url], once=True)
    assert [d.url for d in kept.docs] == [site.base + "/a"]
    assert STORY in kept.docs[0].text


@pytest.mark.parametrize("link", [None, "javascript:void(0)", "mailto:a@example.org", "/relative"])
def test_odd_links(site: Site, watcher: Make, kept: Kept, link: str | None) -> None:
    site.at("/relative", page())
    url = site.at(FEED, rss(item(link, body=STORY), item(link, body=STORY)))
    watcher().run([url], once=True)
    watcher().run([url], once=True)
    assert len(kept.docs) == 1
    assert (kept.docs[0].url is None) == (link != "/relative")
    assert STORY in kept.docs[0].text


def test_a_huge_item_and_an_empty_one_do_no_harm(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/a", page())
    made = watcher()
    url = site.at(FEED, rss(item(site.base + "/a", body="x" * 200_000), "<item></item>", item(None, title="", body="")))
    made.run([url], once=True)
    assert len(kept.docs) == 1
    assert len(kept.docs[0].text) < 5_000


def test_an_empty_feed_is_a_feed(site: Site, watcher: Make) -> None:
    url = site.at(FEED, rss())
    made = watcher()
    assert made.run([url], once=True).failed == 0
    assert made.state.feed(url).items == 0


@pytest.mark.parametrize("declared", ["windows-1252", "utf-8", "nonsense"])
def test_pages_and_feeds_in_a_wrong_charset_are_read(site: Site, watcher: Make, kept: Kept, declared: str) -> None:
    text = page("José’s café").replace("It was", "“It was” José’s café")
    site.at("/a", text.encode("cp1252"), Content_Type=f"text/html; charset={declared}")
    feed = rss(item(site.base + "/a", title="José’s café")).replace("?>", " encoding='windows-1252'?>", 1)
    watcher().run([site.at(FEED, feed.encode("cp1252"))], once=True)
    assert kept.docs[0].title == "José’s café"
    assert "“It was” José’s café" in kept.docs[0].text


def test_a_page_in_another_language_is_kept_and_counted_and_not_coded(site: Site, watcher: Make, kept: Kept) -> None:
    story = "<p>Le ministre met fin au conflit et a dit lundi que les troupes avaient quitté la ville.</p>" * 5
    site.at("/a", f"<html><head><title>T</title></head><body><article>{story}</article></body></html>")
    url = feed_of(site, "/a")
    made = watcher()
    made.run([url], once=True)
    assert kept.docs[0].lang == "fr"
    assert made.state.feed(url).foreign_language == 1


def test_robots_are_respected_and_asked_once(site: Site, watcher: Make, kept: Kept, clock: Clock) -> None:
    site.at("/robots.txt", "User-agent: *\nDisallow: /secret/\nCrawl-delay: 20\n")
    for path in ("/a", "/b", "/secret/c"):
        site.at(path, page())
    url = feed_of(site, "/a", "/b", "/secret/c")
    watcher(between=1.0).run([url], once=True)
    assert sorted(site.paths()) == ["/a", "/b", FEED]
    assert sum(p == "/robots.txt" for p, _ in site.asked) == 1
    assert max(clock.waits) > 19
    by_url = {d.url: d for d in kept.docs}
    assert "robots.txt" in by_url[site.base + "/secret/c"].problems[0].message


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (says("", 404), True),
        (says("", 500), False),
        (raw(b"", pause=0.9), False),
        (says("\x00\xff nonsense: [[["), True),
        (says("User-agent: legation\nDisallow: /"), False),
        (says("User-agent: *\nDisallow: /" + "\n" * 99 + "x" * 200_000), False),
    ],
)
def test_robots_that_cannot_be_had(site: Site, watcher: Make, robots: Answer, asked: bool) -> None:
    site.at("/robots.txt", robots)
    made = watcher()
    made.run([feed_of(site, None)], once=True)
    assert (site.paths() == [FEED]) == asked


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        (says("User-agent: *\nDisallow: /private/"), True),
        (says("User-agent: *\nDisallow: /landed"), False),
        (says("", 503), False),
        (says("", 404), True),
    ],
)
def test_where_a_redirect_leads_is_held_to_the_robots_of_its_own_host(
    site: Site, watcher: Make, kept: Kept, robots: Answer, fetched: bool
) -> None:
    with serving() as other:
        other.at("/robots.txt", robots)
        other.at("/landed", page())
        site.at("/a", moves("/b", 301))
        site.at("/b", moves(other.base + "/landed"))
        watcher().run([feed_of(site, "/a")], once=True)
        assert [path for path, _ in other.asked] == ["/robots.txt", "/landed"][: 1 + fetched]
    (doc,) = kept.docs
    if fetched:
        assert STORY in doc.text
    else:
        host = other.base.removeprefix("http://")
        assert f"redirects to {host}, and that site's robots.txt forbids" in doc.problems[0].message


def test_a_redirect_within_a_site_is_held_to_its_robots(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/robots.txt", "User-agent: *\nDisallow: /secret/")
    site.at("/secret/c", page())
    site.at("/a", moves("/secret/c"))
    watcher().run([feed_of(site, "/a")], once=True)
    assert "/secret/c" not in site.paths()
    assert "robots.txt" in kept.docs[0].problems[0].message


def test_a_host_redirected_to_keeps_its_pace_and_is_left_alone_when_it_asks(
    site: Site, watcher: Make, kept: Kept, clock: Clock
) -> None:
    with serving() as other:
        other.at("/robots.txt", "User-agent: *\nCrawl-delay: 20")
        other.at("/1", says("", 429, Retry_After="7200"))
        other.at("/2", page())
        for number in "12":
            site.at(f"/{number}", moves(f"{other.base}/{number}"))
        made = watcher(between=1.0)
        made.run([feed_of(site, "/1", "/2")], once=True)
        assert other.paths() == ["/1"]
        clock.now += 8000
        other.at("/1", page())
        made.run([site.base + FEED], once=True)
        assert sorted(other.paths()) == ["/1", "/1", "/2"]
        assert max(clock.waits) > 18
    assert len(kept.docs) == 2


def test_stopping_at_a_redirect_asks_no_more_and_loses_nothing(site: Site, watcher: Make, kept: Kept) -> None:
    with serving() as other:
        other.at("/landed", page())
        url = feed_of(site, "/a")
        made = watcher()

        def stops(handler: Handler) -> None:
            made.stop()
            moves(other.base + "/landed")(handler)

        site.at("/a", stops)
        made.run([url], once=True)
        assert (other.asked, kept.docs) == ([], [])
        watcher().run([url], once=True)
    assert len(kept.docs) == 1


def test_requests_to_one_host_are_apart(site: Site, watcher: Make, clock: Clock) -> None:
    for number in range(4):
        site.at(f"/{number}", page())
    watcher(between=2.0).run([feed_of(site, *(f"/{n}" for n in range(4)))], once=True)
    assert sum(1 for w in clock.waits if w == pytest.approx(2.0)) >= 4


def test_one_bad_feed_does_not_stop_the_others(site: Site, watcher: Make, kept: Kept) -> None:
    site.at("/a", page())
    answers = (says("", 500), raw(b"x\r\n"), says(gzip.compress(b"x")))
    bad = [site.at(f"/bad{number}", answer) for number, answer in enumerate(answers)]
    done = watcher().run([*bad, "http://nowhere.invalid/feed", feed_of(site, "/a")], once=True)
    assert (done.failed, done.kept) == (4, 1)


def test_stopping_keeps_what_was_fetched_and_goes_on_later(site: Site, watcher: Make, kept: Kept) -> None:
    for number in range(5):
        site.at(f"/{number}", page())
    url = feed_of(site, *(f"/{n}" for n in range(5)))
    made = watcher()

    def stops(handler: object) -> None:
        made.stop()
        says(page())(handler)  # type: ignore[arg-type]

    site.at("/2", stops)
    made.run([url])
    assert [d.url for d in kept.docs] == [f"{site.base}/{n}" for n in range(3)]
    watcher().run([url], once=True)
    assert sorted(d.url or "" for d in kept.docs) == [f"{site.base}/{n}" for n in range(5)]
    assert sorted(site.paths("/")) == sorted([*(f"/{n}" for n in range(5)), FEED, FEED])


def test_a_watch_without_end_polls_again_when_it_is_time(site: Site, watcher: Make, clock: Clock) -> None:
    polls = []
    made = watcher(every=600.0)

    def answer(handler: object) -> None:
        polls.append(clock.now)
        if len(polls) == 3:
            made.stop()
        says(rss())(handler)  # type: ignore[arg-type]

    made.run([site.at(FEED, answer)])
    assert [b - a for a, b in pairwise(polls)] == pytest.approx([600, 600], abs=5)


def test_health_tells_the_share_coded(site: Site, watcher: Make) -> None:
    site.at("/a", page())
    site.at("/b", page().replace(" met ", " saw "))
    url = feed_of(site, "/a", "/b")
    made = watcher()
    made.run([url], once=True)
    (health,) = made.state.health()
    assert (health.items, health.kept, health.coded, health.share_coded, health.title) == (2, 2, 1, 0.5, "Lind Courier")
    assert health.succeeded is not None


def test_two_watches_cannot_hold_one_state(tmp_path: Path) -> None:
    first = State(tmp_path / "s.db")
    with pytest.raises(StateError, match="another legation watch"):
        State(tmp_path / "s.db")
    first.close()
    State(tmp_path / "s.db").close()


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"no database, but a text that is long enough to be looked at" * 20)
    with pytest.raises(StateError, match="no file of legation watch"):
        State(tmp_path / "s.db")


@pytest.mark.parametrize("crash_at", range(4))
def test_killed_at_any_point_nothing_is_lost_or_twice(site: Site, watcher: Make, kept: Kept, crash_at: int) -> None:
    for number in range(3):
        site.at(f"/{number}", page())
    url = feed_of(site, *(f"/{n}" for n in range(3)), ETag='"1"')
    made = watcher()
    _break_after(made, crash_at)
    with suppress(_KilledError):
        made.run([url], once=True)
    site.at(FEED, says("", 304))
    watcher().run([url], once=True)
    assert sorted(d.url or "" for d in kept.docs) == [f"{site.base}/{n}" for n in range(3)]


class _KilledError(BaseException):
    """As if the process had ended here."""


def _break_after(made: Watcher, steps: int) -> None:
    """Break the watcher at its n-th word to the state."""
    left = [steps]
    state = made.state

    def broken(name: str) -> Callable[..., object]:
        whole = getattr(state, name)

        def call(*args: object, **more: object) -> object:
            if left[0] == 0 and name == "ended":
                raise _KilledError
            left[0] -= 1
            return whole(*args, **more)

        return call

    state.polled = broken("polled")  # type: ignore[method-assign,assignment]
    state.ended = broken("ended")  # type: ignore[method-assign,assignment]
