"""`legation situation`: questions with a name, their live answers, and briefs of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.cli.shared import output, plainly, say, terminal_safe

if TYPE_CHECKING:
    from legation.cli.kept import KeptDocuments
    from legation.record import MergedEvent, Query, Statement
    from legation.situations.situation import Situation, SituationAnswer
    from legation.store import Store

KIND = "situation"  # under which a store keeps them
_READ = 5000  # reports that are read whole for denials
_AROUND = 20_000  # events before and after a situation that are looked through for its pledges

app = typer.Typer(
    help="Situations: saved questions with their live answers.", no_args_is_help=True, rich_markup_mode="markdown"
)
STORE_HELP = "The store: a file, or postgresql://user@host/database."
StoreOption = Annotated[str, typer.Option("--store", metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)]


@app.callback()
def _situation() -> None:
    # Without a callback typer would fold a group of one command.
    pass


NEW_EXAMPLES = """
Examples:

    legation situation new kashmir --dyad IND PAK --since 2019-01-01 --title "India and Pakistan over Kashmir"
    legation situation new --file examples/corpus/afghanistan-2021.toml
"""


@app.command("new", epilog=NEW_EXAMPLES)
@plainly
def new(
    name: Annotated[str | None, typer.Argument(help="Its name: small letters, digits, '-', '_' or '.'.")] = None,
    file: Annotated[Path | None, typer.Option(help="A TOML file with name, title, note and query.")] = None,
    title: Annotated[str | None, typer.Option(help="What a brief is called.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="IND, 'AFG REB' or a name; repeat for any of them.")] = None,
    dyad: Annotated[tuple[str, str] | None, typer.Option(help="Two sides.")] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Only what the first did to the second.")] = False,
    event: Annotated[list[str] | None, typer.Option(help="A type: CONSULT, ASSAULT ...")] = None,
    quad: Annotated[list[int] | None, typer.Option(help="1 to 4.")] = None,
    context: Annotated[list[str] | None, typer.Option(help="An issue: military, migration ...")] = None,
    place: Annotated[list[str] | None, typer.Option(help="A country code, a province or a place.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Told by this outlet.")] = None,
    words: Annotated[str | None, typer.Option(help="Words of the reports.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="To this day.")] = None,
    store: StoreOption = "legation.db",
) -> None:
    """Save a question under a name; one of the same name is replaced."""
    from legation.situations.situation import SituationError, in_words, read_situation, situation_of, to_plain
    from legation.store import Store

    if file is not None:
        situation = read_situation(file)
    elif name is None:
        raise SituationError("Give the situation a name, or a file with --file.")
    else:
        query = {
            "actors": actor,
            "dyad": list(dyad) if dyad else None,
            "directed": directed,
            "events": event,
            "quads": quad,
            "contexts": context,
            "places": place,
            "outlets": outlet,
            "words": words,
            "since": since,
            "until": until,
        }
        asked = {field: value for field, value in query.items() if value}
        situation = situation_of({"name": name, "query": asked, **({"title": title} if title else {})})
    with Store.open(store, create=False) as kept:
        kept.save(KIND, situation.name, to_plain(situation))
        say(f"{situation.name}: {in_words(situation.query)}; {kept.count(situation.query)} events now.")


@app.command("list")
@plainly
def list_situations(store: StoreOption = "legation.db") -> None:
    """The situations of a store, with how many events each has now."""
    from legation.situations.situation import in_words, situation_of
    from legation.store import Store

    with Store.open(store, create=False) as kept:
        for name, body in kept.saved(KIND).items():
            situation = situation_of({"name": name, **body})
            line = f"{name}\t{kept.count(situation.query)} events\t{situation.title or in_words(situation.query)}"
            typer.echo(terminal_safe(line.replace("\t", "  ")))


SHOW_EXAMPLES = """
Examples:

    legation situation show afghanistan-2021 --since 2021-08-15
    legation situation show afghanistan-2021 --json
"""


@app.command("show", epilog=SHOW_EXAMPLES)
@plainly
def show(
    name: Annotated[str, typer.Argument(help="Its name.")],
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Show what is new since this day.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Judge pledges as on this day; today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")] = False,
    most: Annotated[int, typer.Option(help="Events of the timeline shown.")] = 40,
    store: StoreOption = "legation.db",
) -> None:
    """The live answer: timeline, actors, dyads, positions, pledges, disputed facts, places, what is new."""
    from legation.situations.brief import make_brief
    from legation.situations.printing import to_text
    from legation.store import Store

    with Store.open(store, create=False) as kept:
        found = answer_of(kept, saved_situation(kept, name), as_of=as_of, since=since)
        if as_json:
            typer.echo(json.dumps(answer_plain(found), ensure_ascii=False))
            return
        typer.echo(to_text(make_brief(found, most=most)), nl=False)


BRIEF_EXAMPLES = """
Examples:

    legation situation brief afghanistan-2021 -o brief.md
    legation situation brief afghanistan-2021 --format html -o brief.html
"""


@app.command("brief", epilog=BRIEF_EXAMPLES)
@plainly
def brief(
    name: Annotated[str, typer.Argument(help="Its name.")],
    form: Annotated[str, typer.Option("--format", help="markdown or html.")] = "markdown",
    to: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Begin with what is new since this day.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Judge pledges as on this day; today.")] = None,
    most: Annotated[int, typer.Option(help="Events of the timeline shown.")] = 200,
    store: StoreOption = "legation.db",
) -> None:
    """Write a brief in which every line cites its sentences: Markdown, or HTML to read, print or save as PDF."""
    from legation.errors import UnknownFormatError
    from legation.situations.brief import make_brief
    from legation.situations.printing import to_html, to_markdown
    from legation.store import Store

    writers = {"markdown": to_markdown, "html": to_html}
    if form not in writers:
        raise UnknownFormatError(form, tuple(writers))
    with Store.open(store, create=False) as kept:
        found = answer_of(kept, saved_situation(kept, name), as_of=as_of, since=since)
        page = writers[form](make_brief(found, most=most))
    with output(to) as file:
        file.write(page.encode("utf-8"))


@app.command("forget")
@plainly
def forget(
    name: Annotated[str, typer.Argument(help="Its name.")],
    store: StoreOption = "legation.db",
) -> None:
    """Remove a saved question; the record stays as it is."""
    from legation.store import Store

    with Store.open(store, create=False) as kept:
        saved_situation(kept, name)
        kept.forget(KIND, name)


def saved_situation(store: Store, name: str) -> Situation:
    """The situation of this name; raises SituationError."""
    from legation.situations.situation import SituationError, situation_of

    saved = store.saved(KIND)
    if name not in saved:
        known = ", ".join(saved) or "none; make one with: legation situation new"
        raise SituationError(f"There is no situation '{name}'. There are: {known}")
    return situation_of({"name": name, **saved[name]})


def answer_of(store: Store, situation: Situation, *, as_of: str | None, since: str | None) -> SituationAnswer:
    """The live answer of a situation from a store."""
    from legation.cli.kept import KeptDocuments, a_day
    from legation.situations.situation import answer

    documents = KeptDocuments(store)
    events = store.events(situation.query)
    return answer(
        situation,
        events,
        list(dict.fromkeys([*store.statements(situation.query), *_denials(events, documents)])),
        documents,
        as_of=a_day(as_of),
        since=a_day(since) if since else None,
        around=_around(store, situation.query),
    )


def _around(store: Store, query: Query) -> list[MergedEvent]:
    """Events that help to judge pledges; of a great many only those that promise something."""
    from legation.situations.situation import around

    wide = around(query)
    if store.count(wide) <= _AROUND:
        return store.events(wide)
    ids = dict.fromkeys(promise.pledge.event for promise in store.pledges(wide, due_since=query.since))
    return [event for event in map(store.event, ids) if event is not None]


def _denials(events: list[MergedEvent], documents: KeptDocuments) -> list[Statement]:
    """What is denied in the reports of the events, also where the denial names nobody that is asked for."""
    from legation.statements import statements_of

    ids = dict.fromkeys(r.document for e in events for r in e.reports)
    docs = [documents.get(doc_id) for doc_id in list(ids)[:_READ]]
    return [s for doc in docs if doc is not None for s in statements_of(doc) if s.quote.negated]


def answer_plain(found: SituationAnswer) -> dict[str, Any]:
    """The answer as plain values; events are named by their ids, with one line each."""
    from legation.model import plain
    from legation.situations.brief import code_line
    from legation.situations.situation import to_plain

    events = {
        e.id: {
            "date": e.event.date,
            "coded": code_line(e)[1:-1],
            "reports": [r.document for r in e.reports],
            "independent": e.independent,
        }
        for e in found.events
    }
    return {
        "situation": to_plain(found.situation),
        "as_of": found.as_of,
        "since": found.since,
        "new": [e.id for e in found.new],
        "events": events,
        "timeline": [{"date": day.date, "events": [e.id for e in day.events]} for day in found.timeline],
        "actors": [
            {**_without_events(role), "label": role.label, "events": [e.id for e in role.events]}
            for role in found.roles
        ],
        "dyads": [
            {**_without_events(row), "events": [e.id for e in row.events]} for rows in found.dyads for row in rows
        ],
        "positions": plain(found.positions),
        "pledges": plain(found.pledges),
        "disputes": plain(found.disputes),
        "places": [{"place": plain(p.place), "events": [e.id for e in p.events]} for p in found.places],
    }


def _without_events(record: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {f.name: getattr(record, f.name) for f in fields(record) if f.name != "events"}
