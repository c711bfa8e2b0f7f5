"""How Activity Streams name people, applications, places and audiences, and how we read and write these names."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.fields import Unreadable, id_of, name_of, several, short
from store.activities import PUBLIC

CONTEXT = "https://www.w3.org/ns/activitystreams"
PERSON = "urn:ristretto:person:"
PLACE = "urn:ristretto:place:"
EVERYBODY = ("", f"{CONTEXT}#Public", "as:Public", "Public")
"""How it is said that an act is for everybody."""

Json = dict[str, Any]
Resolve = Callable[[str], str]
"""From a person's handle to their id, or back."""


def handle_of(urn: object) -> str:
    said = urn.get("id", "") if isinstance(urn, Mapping) else urn
    if not isinstance(said, str) or not said.startswith(PERSON) or said == PERSON:
        raise Unreadable(f"{str(said)[:40]!r} is not a person ({PERSON}HANDLE)")
    return said.removeprefix(PERSON)


def read_actor(actor: object, person: Resolve) -> str:
    if isinstance(actor, Mapping) and actor.get("type") == "Application":
        return f"app:{short(name_of(actor))}"
    return person(handle_of(actor))


def said_actor(actor: str, handle: Resolve) -> Any:
    name = actor.removeprefix("app:")
    if name == actor:
        return PERSON + handle(actor)
    return {"type": "Application", "name": name} if name else {"type": "Application"}


def read_audience(said: Mapping[str, Any], person: Resolve) -> str:
    """Everybody where nobody is named or the public is; else the first who is, be it by name or as an object."""
    named = [_reference(one) for one in several(said.get("audience")) or several(said.get("to"))]
    some = [one for one in named if one]
    if set(EVERYBODY).intersection(some) or not some:
        return PUBLIC
    if some[0].startswith(PLACE):
        return f"place:{id_of(some[0].removeprefix(PLACE))}"
    return f"person:{person(handle_of(some[0]))}"


def _reference(thing: object) -> str:
    """The id of something named by it, or as an object that has one; empty where nothing is named."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    if not isinstance(thing, Mapping) or not isinstance(thing.get("id"), str) or not thing["id"]:
        raise Unreadable("audience is neither public nor a place nor a person")
    return str(thing["id"])


def said_audience(audience: str, handle: Resolve) -> str:
    kind, _, rest = audience.partition(":")
    return PLACE + rest if kind == "place" else PERSON + handle(rest)
