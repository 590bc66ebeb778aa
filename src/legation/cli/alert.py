"""`legation alert`: rules held against the record, and what they find delivered, once each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.shared import plainly, say, terminal_safe

if TYPE_CHECKING:
    from legation.situations.alert_rules import RuleBook
    from legation.situations.alerts import Alert
    from legation.situations.delivery import Delivered, DeliveryLog
    from legation.store import Store

STORE_HELP = "The store: a file, or postgresql://user@host/database."
KIND = "alert-check"  # under which a store keeps when rules were last checked
_FIRST_DAYS = 7  # a first check tells of a week

app = typer.Typer(
    help="Alerts: rules that are checked on every addition.", no_args_is_help=True, rich_markup_mode="markdown"
)
RulesArgument = Annotated[Path, typer.Argument(metavar="RULES", help="A file of rules: TOML, or a rule a line.")]


@app.callback()
def _alert() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and what of it was sent."""

    alerts: tuple[Alert, ...]
    sent: tuple[Delivered, ...]

    @property
    def news(self) -> tuple[Alert, ...]:
        """The alerts of which something arrived for the first time."""
        arrived = {line.key for line in self.sent if line.error is None}
        return tuple(a for a in self.alerts if a.key in arrived)

    @property
    def failed(self) -> tuple[Delivered, ...]:
        """What did not arrive."""
        return tuple(line for line in self.sent if line.error is not None)


CHECK_EXAMPLES = """
Examples:

    legation alert check alerts.toml
    legation alert check alerts.toml --store legation.db --since 2021-08-01 --today 2021-08-31 --dry-run
"""


@app.command("check", epilog=CHECK_EXAMPLES)
@plainly
def check(
    rules: RulesArgument,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="What was told from this day on; if not given, since last time.")
    ] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="Check as on this day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each alert.")] = False,
    store: Annotated[str, typer.Option(metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)] = "legation.db",
) -> None:
    """Hold the rules against the record and send what is new; exit 1 if something could not be sent."""
    from legation.store import Store

    with Store.open(store, create=False) as kept:
        checked = check_store(kept, rules, since=since, today=today, send=not dry_run)
    for alert in checked.alerts if dry_run else checked.news:
        _show(alert, as_json)
    say(f"{len(checked.alerts)} found, {len(checked.news)} new.")
    for line in checked.failed:
        say(f"Not sent to {line.to}, will be tried again: {line.error}")
    if checked.failed:
        raise typer.Exit(1)


@app.command("list")
@plainly
def list_rules(
    rules: RulesArgument,
    log: Annotated[int, typer.Option(help="Show so many of the last lines of the log.")] = 0,
) -> None:
    """The rules of a file as they are understood, where they go, and how often each was sent."""
    from legation.situations.alert_rules import read_rules

    book = with_default(read_rules(rules), rules)
    lines = log_of(rules).lines()
    sent: dict[str, set[str]] = {}
    for line in lines:
        if line.error is None:
            sent.setdefault(line.rule, set()).add(line.key)
    for rule in book.rules:
        to = ", ".join(rule.to or tuple(d.name for d in book.deliveries))
        when = f" ({rule.text})" if rule.name != rule.text else ""
        typer.echo(terminal_safe(f"{rule.name}{when} -> {to}: {len(sent.get(rule.name, ()))} sent"))
    for line in lines[-log:] if log else ():
        outcome = f"failed: {line.error}" if line.error else "sent"
        typer.echo(terminal_safe(f"{line.at}  {line.to}  {line.rule}  {line.key}  {outcome} ({line.tries} tries)"))


@app.command("test")
@plainly
def test(rules: RulesArgument) -> None:
    """Send a trial alert to every place of the file; exit 1 if one does not arrive."""
    from datetime import UTC, datetime

    from legation.situations.alert_rules import read_rules
    from legation.situations.alerts import Alert
    from legation.situations.delivery import deliver

    book = with_default(read_rules(rules), rules)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    trial = Alert(f"trial-{now}", "trial", "A trial of Legation's alerts", "If you read this, it arrives.", now[:10])
    sent = deliver([trial], book.deliveries, log_of(rules), now=now, home=rules.parent)
    for line in sent:
        typer.echo(f"{line.to}: {line.error or 'arrived'}")
    if any(line.error for line in sent):
        raise typer.Exit(1)


def check_after(store: Store, rules: Path) -> None:
    """Hold rules against a store after an addition; what goes wrong is said and never undoes the addition."""
    from sqlalchemy.exc import SQLAlchemyError

    from legation.errors import LegationError

    try:
        checked = check_store(store, rules)
    except (LegationError, OSError, SQLAlchemyError) as err:
        say(f"The alerts of {rules} were not checked: {err}")
        return
    for alert in checked.news:
        say(terminal_safe(f"{alert.rule}: {alert.title} ({alert.day})"))
    for line in checked.failed:
        say(f"Not sent to {line.to}, will be tried again: {line.error}")


def _show(alert: Alert, as_json: bool) -> None:
    from legation.situations.delivery import in_text, to_plain

    if as_json:
        typer.echo(json.dumps(to_plain(alert), ensure_ascii=False))
        return
    typer.echo(terminal_safe(f"{alert.day}  {alert.rule}: {alert.title}"))
    for line in in_text(alert).splitlines():
        if line and not line.startswith("Rule: "):
            typer.echo(terminal_safe(f"    {line}"))


def log_of(rules: Path) -> DeliveryLog:
    """The log beside a file of rules."""
    from legation.situations.delivery import DeliveryLog

    return DeliveryLog(rules.with_name(rules.name + ".log"))


def with_default(book: RuleBook, rules: Path) -> RuleBook:
    """A file of rules that says nowhere where to deliver has a file of alerts beside it."""
    from dataclasses import replace

    from legation.situations.alert_rules import Delivery

    if book.deliveries:
        return book
    return replace(book, deliveries=(Delivery("file", "file", {"path": f"{rules.name}.alerts.jsonl"}),))


def check_store(
    store: Store, rules: Path, *, since: str | None = None, today: str | None = None, send: bool = True
) -> Checked:
    """Hold a file of rules against a store and send what is new; also for after an addition.

    Without `since`, what was told since the day of the last check of these rules counts as news.
    """
    from datetime import UTC, datetime

    from legation.cli.kept import KeptDocuments, a_day
    from legation.situations.alert_rules import OfPledge, read_rules
    from legation.situations.alerts import Check, before, check_rules
    from legation.situations.delivery import deliver

    book = with_default(read_rules(rules), rules)
    day = a_day(today)
    last = store.saved(KIND).get(rules.name, {}).get("day")
    start = a_day(since) if since else min(last, day) if last else before(day, _FIRST_DAYS)
    of_pledges = any(isinstance(rule.condition, OfPledge) for rule in book.rules)
    first = store.documents(limit=1, order="published")
    pledged = None
    if of_pledges:
        ids = dict.fromkeys(p.pledge.event for p in store.pledges(due_since=before(start, _FIRST_DAYS)))
        pledged = tuple(e for e in (store.event(event_id) for event_id in ids) if e is not None)
    found = check_rules(
        book.rules,
        Check(
            ask=store.events,
            today=day,
            since=start,
            documents=KeptDocuments(store),
            record_since=(first[0].published or "")[:10] if first else None,
            pledged=pledged,
        ),
    )
    if not send:
        return Checked(found, ())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    sent = deliver(found, book.deliveries, log_of(rules), now=now, home=rules.parent)
    # What could not be sent is found again next time: the day of the last check stays.
    if not any(line.error for line in sent):
        store.save(KIND, rules.name, {"day": day})
    return Checked(found, sent)
