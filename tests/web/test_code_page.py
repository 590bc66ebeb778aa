"""*Code it* and the Document page, with a coder that knows one act."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from fake_coder import FakeCoder
from legation.errors import LegationError, ModelMissingError
from legation.model import Document
from web.conftest import Visitor, visitor

TEXT = "Norway met Sweden on Monday."
JSON = {"accept": "application/json"}


def coded(desk: Visitor, text: str = TEXT, **form: str) -> str:
    answer = desk.send_form("/code", {"text": text, **form})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_pasted_text_is_shown_with_its_record(desk: Visitor) -> None:
    page = desk.get(coded(desk, published="2024-03-05", outlet="The Harbour Courier")).text

    assert "CONSULT" in page
    assert "5 March 2024" in page
    assert "The Harbour Courier" in page
    assert 'data-e="1"' in page


def test_the_same_address_gives_json_by_ending_and_by_header(desk: Visitor) -> None:
    location = coded(desk)

    by_ending, by_header = desk.get(location + ".json"), desk.get(location, headers=JSON)
    assert by_ending.json() == by_header.json()
    assert by_ending.json()["document"]["text"] == TEXT
    assert by_ending.json()["events"][0]["event"] == ["CONSULT"]


def test_hostile_text_is_shown_as_text(desk: Visitor) -> None:
    hostile = '<img src=x onerror=alert(1)> met </script><script>alert("x")</script>'
    page = desk.get(coded(desk, hostile, title="<b>title</b>", outlet="<i>outlet</i>")).text

    assert "<img src=x" not in page
    assert "<b>title" not in page
    assert "<i>outlet" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_source_address_is_linked_only_on_the_web(desk: Visitor) -> None:
    rows = b'{"id": "1", "text": "A met B", "url": "javascript:alert(1)"}\n{"id": "2", "text": "A met B", "url": "https://x.example/a"}\n'
    location = desk.post("/code", data={"csrf": desk.proof()}, files={"files": ("a.jsonl", rows)}).headers["location"]

    assert "javascript:" not in desk.get(f"{location}/1").text
    assert 'href="https://x.example/a"' in desk.get(f"{location}/2").text


def test_several_files_are_listed_and_each_is_shown(desk: Visitor) -> None:
    files = [("files", ("one.txt", b"Norway met Sweden.")), ("files", ("../two.txt", b"Denmark will meet Norway."))]
    answer = desk.post("/code", data={"csrf": desk.proof()}, files=files)
    listed = desk.get(answer.headers["location"])

    assert "2 documents coded" in listed.text
    assert "one.txt" in listed.text
    assert "will meet" in desk.get(answer.headers["location"] + "/2").text
    assert desk.get(answer.headers["location"] + "/3").status_code == 404


def test_nothing_to_code_is_said_so(desk: Visitor) -> None:
    answer = desk.send_form("/code", {"text": "  "})

    assert answer.status_code == 400
    assert "no text to code" in answer.text


def test_a_wrong_date_is_said_so(desk: Visitor) -> None:
    answer = desk.send_form("/code", {"text": TEXT, "published": "soon"})

    assert answer.status_code == 422
    assert "is not a date" in answer.text


def test_a_sentence_is_explained(desk: Visitor) -> None:
    location = coded(desk)

    assert desk.get(f"{location}/1/explain/0.json").json()["lines"] == ["sentence 0 has 1 events"]
    assert desk.get(f"{location}/1/explain/0").status_code == 200
    assert desk.get(f"{location}/1/explain/9").status_code == 404


class Slow(FakeCoder):
    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for doc in docs:
            time.sleep(0.15)
            yield self.code(doc)


def test_long_work_shows_its_progress_and_can_be_stopped() -> None:
    with visitor(make_coder=Slow) as desk:
        rows = "".join(f'{{"text": "A met B {n}"}}\n' for n in range(60)).encode()
        job = desk.post("/code", data={"csrf": desk.proof()}, files={"files": ("a.jsonl", rows)}).headers["location"]
        assert job.startswith("/jobs/")
        first = desk.get(job + ".json").json()
        assert (first["state"], first["total"]) == ("running", 60)
        assert "<progress" in desk.get(job).text
        desk.send_form(job + "/cancel")
        last = desk.get(job + ".json").json()
        assert last["state"] == "cancelled"
        assert 0 < last["done"] < 60
        assert desk.get(last["location"]).status_code == 200


class Missing(FakeCoder):
    def __init__(self) -> None:
        raise ModelMissingError(("one",))


def test_a_coder_that_cannot_be_loaded_is_told_and_the_other_pages_stay() -> None:
    with visitor(make_coder=Missing) as desk:
        answer = desk.send_form("/code", {"text": TEXT})
        assert answer.status_code == 400
        assert "pip install" in answer.text
        assert desk.get("/help").status_code == 200


class Broken(FakeCoder):
    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        raise RuntimeError("broken")
        yield


def test_what_was_not_foreseen_is_told_without_its_inside() -> None:
    with visitor(make_coder=Broken) as desk:
        answer = desk.send_form("/code", {"text": TEXT})
        assert answer.status_code == 400
        assert "broken" not in answer.text


def test_errors_are_pages_for_people_and_json_for_programs(desk: Visitor) -> None:
    page, record = desk.get("/nothing"), desk.get("/nothing", headers=JSON)

    assert page.status_code == record.status_code == 404
    assert "<h1>Nothing is there</h1>" in page.text
    assert record.json()["status"] == 404


def test_the_theme_is_kept_without_javascript(desk: Visitor) -> None:
    desk.send_form("/theme", {"theme": "dark"})

    assert 'data-theme="dark"' in desk.get("/help").text
    assert desk.send_form("/theme", {"theme": "pink"}).status_code == 400


def test_the_api_describes_itself(desk: Visitor) -> None:
    schema = desk.get("/openapi.json").json()

    assert "/code/{tray}/{number}" in schema["paths"]
    assert "application/json" in schema["paths"]["/code"]["get"]["responses"]["200"]["content"]
    assert "/code/{tray}" in desk.get("/api").text


def test_legation_errors_are_sentences() -> None:
    assert issubclass(ModelMissingError, LegationError)
