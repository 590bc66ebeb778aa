"""`legation serve`: the desk, a web page where the record is seen, checked and corrected."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from legation.cli.shared import plainly, say
from legation.errors import InputPathError, LegationError, MissingExtraError

EXAMPLES = """
Examples:

    legation serve
    legation serve --demo
    legation serve --store sqlite:///record.db --port 8050
    LEGATION_TOKEN=... legation serve --host 0.0.0.0 --allow-host desk.example.org --https
"""


class PortTakenError(LegationError):
    """The port cannot be listened to."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"{host}:{port} cannot be listened to ({why}). Choose another port with --port.")


@plainly
def serve(
    store: Annotated[str | None, typer.Option(metavar="URL", help="The store; if not given, the default one.")] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Show the example corpus; it is coded on the first start.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen to.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8040,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Lines 'name token': who may come in. Else LEGATION_TOKEN is looked at."),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name under which a proxy serves the desk; repeat it.")
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="A proxy in front speaks TLS: cookies go only over it.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the desk in a browser: situations, events with their sentences, review, and coding by hand.

    It listens to this machine only. For other machines it wants a token, and TLS from a proxy in front of it
    (docs/desk.md has the lines for Caddy and nginx).
    """
    try:
        import uvicorn

        from legation.web.app import create_app
    except ImportError as err:
        raise MissingExtraError("The desk", err.name or "fastapi", "web") from err
    from legation.web.settings import Settings

    settings = Settings(
        host=host,
        port=port,
        store=store,
        demo=demo,
        tokens=_tokens(token_file),
        hosts=tuple(allow_host or ()),
        https=https,
    )
    app = create_app(settings)
    listening = _listen(host, port)
    address = _address(host, listening.getsockname()[1])
    say(f"The desk is at {address} (Ctrl-C ends it).")
    if not settings.is_local and not https:
        say("Tokens travel in the clear without TLS: put a proxy in front and add --https (docs/desk.md says how).")
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=https, timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[listening])


def _tokens(path: Path | None) -> tuple[tuple[str, str], ...]:
    from legation.web.settings import read_tokens

    if path is not None:
        try:
            return read_tokens(path.read_text(encoding="utf-8"))
        except OSError as err:
            raise InputPathError(str(path), f"cannot be read ({err.strerror}).") from err
    token = os.environ.get("LEGATION_TOKEN", "").strip()
    return (("reader", token),) if token else ()


def _listen(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((bare, port))
    except OSError as err:
        listening.close()
        raise PortTakenError(host, port, err.strerror or str(err)) from err
    listening.listen(128)
    return listening


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown and not shown.startswith('[') else shown}:{port}/"
