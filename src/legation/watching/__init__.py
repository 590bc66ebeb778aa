"""Watching feeds: polled politely, each article fetched, coded and kept once."""

from legation.watching.addresses import AddressError
from legation.watching.fetching import Fetcher, FetchError, Limits, Response
from legation.watching.lists import FeedListError, feed_addresses
from legation.watching.state import FeedHealth, State, StateError
from legation.watching.watcher import Keeper, Manners, Watcher

__all__ = [
    "AddressError",
    "FeedHealth",
    "FeedListError",
    "FetchError",
    "Fetcher",
    "Keeper",
    "Limits",
    "Manners",
    "Response",
    "State",
    "StateError",
    "Watcher",
    "feed_addresses",
]
