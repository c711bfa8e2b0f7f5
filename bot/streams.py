"""Activity Streams 2.0, one JSON object an act: how acts come in and go out."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from bot.fields import Unreadable, id_of, name_of, needed, several, short, text_of, time_of
from bot.urns import CONTEXT, PERSON, Json, Resolve, handle_of, read_actor, read_audience, said_actor, said_audience
from store import endorsements, profile
from store.activities import ADDRESSED, PUBLIC, Activity
from store.names import clean, fold
from store.projects import key as project_key

__all__ = ("CONTEXT", "FORGOTTEN", "PERSON", "Unreadable", "read", "write")

VERBS = frozenset(
    "Accept Add Announce Arrive Block Create Delete Dislike Flag Follow Ignore Invite Join Leave Like Listen Move Offer"
    " Question Read Reject Remove TentativeAccept TentativeReject Travel Undo Update View".split()
)
"""The activities that Activity Streams 2.0 knows."""
INTRANSITIVE = ("Arrive", "Question", "Travel")
FORGOTTEN = "forgotten"
"""The handle under which an export names somebody who is not there any more."""
NOTE_FACTS, PROJECT_FACTS = ("next", "blocked"), ("startTime", "endTime", "state")
QUESTION_FACTS = ("wanted",)
SKILL_FACTS, LINE_FACTS = ("level", "wish", "source", "confirms"), ("source",)
FLAGS = ("wish", "confirms")
"""Facts that are true or left out; the others are texts."""
OFFER, ANSWERS = endorsements.OFFER, (endorsements.ACCEPT, endorsements.REJECT)
NOT_OF_A_QUESTION = ("object", "target", "context", "origin", "result")
PROPERTY = "PropertyValue"
"""A line of a profile that is no skill: a `name` such as title or link, and its `value`."""
SERVICE, INTRODUCTIONS = "Service", "introductions"
"""What somebody says yes or no to."""
LINE_LIMIT = 500
"""Characters of a line of a profile."""


def read(said: Mapping[str, Any], person: Resolve) -> Activity:
    """The act of one object. `person` gives the id of a handle. Raises Unreadable."""
    verb = needed(said, "type")
    if verb not in VERBS:
        raise Unreadable(f"{verb[:40]!r} is no type of Activity Streams 2.0")
    thing = said.get("object") or {}
    if not thing and verb not in INTRANSITIVE:
        raise Unreadable("object is missing")
    kind, key, name, facts = _object(verb, said, thing if isinstance(thing, Mapping) else {"id": thing}, person)
    place = said.get("location", {})
    return Activity(
        id=id_of(needed(said, "id")),
        published=time_of(needed(said, "published")),
        actor=read_actor(said.get("actor"), person),
        verb=short(verb),
        kind=kind,
        key=key,
        name=name,
        facts=facts,
        audience=read_audience(said, person),
        platform=short(name_of(said.get("generator", {}))),
        place=id_of(text_of(place, "id")) if isinstance(place, Mapping) else "",
        message=id_of(text_of(said, "inReplyTo")),
        to=tuple(dict.fromkeys(person(handle_of(one)) for one in several(said.get("target"))))
        if kind in ADDRESSED
        else (),
    )


def write(act: Activity, handle: Resolve) -> Json:
    """The object of one act, its fields in a fixed order. `handle` gives the handle of a person's id."""
    said: Json = {"@context": CONTEXT, "id": act.id, "type": act.verb, "actor": said_actor(act.actor, handle)}
    said["published"] = act.published.astimezone(UTC).isoformat().replace("+00:00", "Z")
    said |= _said_object(act, handle)
    if act.audience != PUBLIC:
        said["audience"] = said_audience(act.audience, handle)
    if act.platform:
        said["generator"] = {"type": "Application", "name": act.platform}
    if act.place:
        said["location"] = {"type": "Place", "id": act.place}
    if act.message:
        said["inReplyTo"] = act.message
    return said


def _object(
    verb: str, said: Mapping[str, Any], thing: Mapping[str, Any], person: Resolve
) -> tuple[str, str, str, dict[str, Any]]:
    """Kind, key, name and facts."""
    type_, target = thing.get("type", ""), said.get("target")
    if type_ == "Note" and (verb == "Offer" or (verb == "Like" and target)):
        return _thanks(said, thing)
    if of_profile := _of_profile(verb, said, thing):
        return of_profile
    if verb == "Create" and type_ == "Note":
        return _note(said, thing)
    if type_ == "Project" and thing.get("name"):
        return _project(verb, thing, person)
    if verb in ("Follow", "Ignore"):
        return _followed(thing, person)
    if type_ == SERVICE and thing.get("name") == INTRODUCTIONS and verb in ("Join", "Leave", "Update"):
        return "introduction", INTRODUCTIONS, INTRODUCTIONS, {}
    if verb == "Question" and (topics := _topics(said)) and not any(said.get(name) for name in NOT_OF_A_QUESTION):
        return "question", "", clean(text_of(said, "content")), topics | _read_facts(said, QUESTION_FACTS)
    rest = {name: said[name] for name in ("object", "target", "tag", "context", "origin", "result") if name in said}
    return "act", "", "", rest


def _of_profile(
    verb: str, said: Mapping[str, Any], thing: Mapping[str, Any]
) -> tuple[str, str, str, dict[str, Any]] | None:
    """A colleague's word on a skill, the answer to it, or what a person says of themself; None where it is neither."""
    type_, target = thing.get("type", ""), said.get("target")
    named = bool(thing.get("name"))
    if type_ == "Skill" and named and ((verb == OFFER and target) or (verb in ANSWERS and thing.get("id"))):
        name = _noun(thing)
        return endorsements.KIND, fold(name), name, {} if verb == OFFER else {"offer": id_of(str(thing["id"]))}
    is_own = verb in ("Add", "Remove", "Reject") and _is_own_profile(said, target or said.get("origin"))
    if is_own and type_ == PROPERTY and thing.get("name") in profile.PROPERTIES:
        return _line(thing)
    return _skill(thing) if is_own and named else None


def _skill(thing: Mapping[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
    name = _noun(thing)
    return "skill", fold(name), name, _read_facts(thing, SKILL_FACTS) | _object_type(text_of(thing, "type"))


def _thanks(said: Mapping[str, Any], thing: Mapping[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
    if not said.get("target"):
        raise Unreadable("target is missing: thanks need a receiver")
    link = {"link": url} if (url := id_of(text_of(thing, "url"))) else {}
    return "thanks", "", clean(text_of(thing, "content")), link | _tags(said)


def _line(thing: Mapping[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
    of, value = str(thing["name"]), clean(short(text_of(thing, "value"), LINE_LIMIT))
    if not fold(value):
        raise Unreadable("the object has no value")
    return "profile", profile.key(of, value), value, {"property": of} | _read_facts(thing, LINE_FACTS)


def _note(said: Mapping[str, Any], thing: Mapping[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
    context = next(iter(several(said.get("context"))), "")
    if not isinstance(context, Mapping | str):
        raise Unreadable("context is no project")
    project = clean(short(name_of(context))).lstrip("#")
    facts = _read_facts(thing, NOTE_FACTS) | ({"project": project} if project_key(project) else {})
    if question := id_of(text_of(thing, "inReplyTo")):
        facts |= {"question": question} | (_topics(said) or _tags(said))
        return "answer", "", clean(text_of(thing, "content")), facts
    facts |= _tags(said)
    return "update", project_key(project), clean(text_of(thing, "content")), facts


def _project(verb: str, thing: Mapping[str, Any], person: Resolve) -> tuple[str, str, str, dict[str, Any]]:
    name = _noun(thing).lstrip("#")
    if not project_key(name):
        raise Unreadable("the object has no name")
    kind = {"Join": "member", "Leave": "member", "Follow": "follow", "Ignore": "follow"}.get(verb, "project")
    facts = {"type": "Project"} if kind == "follow" else _read_facts(thing, PROJECT_FACTS)
    if thing.get("owner"):
        facts["owner"] = person(handle_of(thing["owner"]))
    return kind, project_key(name), name, facts


def _followed(thing: Mapping[str, Any], person: Resolve) -> tuple[str, str, str, dict[str, Any]]:
    type_, name = text_of(thing, "type") or "Person", text_of(thing, "name") or text_of(thing, "id")
    if not name:
        raise Unreadable("the object of Follow or Ignore has no name")
    handle = short(name.removeprefix(PERSON))
    return "follow", person(handle) if type_ == "Person" else fold(name), handle, {"type": type_}


def _said_object(act: Activity, handle: Resolve) -> Json:
    facts = act.facts
    match act.kind:
        case "thanks":
            link = {"url": facts["link"]} if "link" in facts else {}
            return {"object": _note_of(act) | link} | _said_receivers(act, handle) | _said_tags(facts)
        case "question":
            return ({"content": act.name} if act.name else {}) | _said_topics(facts) | _facts(facts, QUESTION_FACTS)
        case "answer":
            note = _note_of(act) | {"inReplyTo": facts["question"]} | _facts(facts, NOTE_FACTS)
            return (
                {"object": note}
                | _said_project(facts)
                | _said_receivers(act, handle)
                | (_said_topics(facts) or _said_tags(facts))
            )
        case "endorsement" | "profile" | "skill":
            return _said_on_profile(act, handle)
        case "update":
            return {"object": _note_of(act) | _facts(facts, NOTE_FACTS)} | _said_project(facts) | _said_tags(facts)
        case "project" | "member":
            owner = {"owner": PERSON + handle(facts["owner"])} if "owner" in facts else {}
            return {"object": {"type": "Project", "name": act.name} | _facts(facts, PROJECT_FACTS) | owner}
        case "follow":
            name = handle(act.key) if facts.get("type") == "Person" else act.name
            return {"object": {"type": facts.get("type", "Person"), "name": name}}
        case _:
            return {"object": {"type": SERVICE, "name": act.name}} if act.kind == "introduction" else dict(facts)


def _said_on_profile(act: Activity, handle: Resolve) -> Json:
    if act.kind == endorsements.KIND:
        offer = {"id": act.facts["offer"]} if "offer" in act.facts else {}
        return {"object": {"type": "Skill", **offer, "name": act.name}} | _said_receivers(act, handle)
    if act.kind == "skill":
        type_ = act.facts.get("type", "Skill")
        thing = {"type": type_, "name": act.name} | _facts(act.facts, SKILL_FACTS)
    else:
        thing = {"type": PROPERTY, "name": act.facts["property"], "value": act.name} | _facts(act.facts, LINE_FACTS)
    side = "target" if act.verb == "Add" else "origin"
    return {"object": thing, side: {"type": "Profile", "describes": PERSON + handle(act.actor)}}


def _said_receivers(act: Activity, handle: Resolve) -> Json:
    to = [PERSON + handle(person) for person in act.to]
    return {"target": to[0] if len(to) == 1 else to} if to else {}


def _said_project(facts: Mapping[str, Any]) -> Json:
    return {"context": {"type": "Project", "name": facts["project"]}} if "project" in facts else {}


def _note_of(act: Activity) -> Json:
    return {"type": "Note", "content": act.name}


def _facts(thing: Mapping[str, Any], names: tuple[str, ...]) -> Json:
    return {name: thing[name] for name in names if thing.get(name)}


def _read_facts(thing: Mapping[str, Any], names: tuple[str, ...]) -> Json:
    facts = _facts(thing, names)
    for name, value in facts.items():
        if not isinstance(value, bool if name in FLAGS else str):
            raise Unreadable(f"{name} is {'neither true nor false' if name in FLAGS else 'not a text'}")
    return facts


def _noun(thing: Mapping[str, Any]) -> str:
    """The name of a project or a skill."""
    name = clean(short(text_of(thing, "name")))
    if not fold(name):
        raise Unreadable("the object has no name")
    return name


def _object_type(type_: str) -> Json:
    return {"type": type_} if type_ not in ("", "Skill") else {}


def _tags(said: Mapping[str, Any]) -> Json:
    names = [name_of(tag).lstrip("#") for tag in several(said.get("tag"))]
    return {"tags": names} if names else {}


def _topics(said: Mapping[str, Any]) -> Json:
    """What it is about; empty where a tag is no skill."""
    tags = several(said.get("tag"))
    are_skills = all(isinstance(tag, Mapping) and tag.get("type") == "Skill" and tag.get("name") for tag in tags)
    return {"topics": [_noun(tag) for tag in tags]} if tags and are_skills else {}


def _said_topics(facts: Mapping[str, Any]) -> Json:
    topics = [{"type": "Skill", "name": name} for name in facts.get("topics", ())]
    return {"tag": topics} if topics else {}


def _said_tags(facts: Mapping[str, Any]) -> Json:
    tags = [{"type": "Hashtag", "name": f"#{tag}"} for tag in facts.get("tags", ())]
    return {"tag": tags} if tags else {}


def _is_own_profile(said: Mapping[str, Any], profile: object) -> bool:
    if not isinstance(profile, Mapping) or profile.get("type") != "Profile":
        return False
    return bool(profile.get("describes", said.get("actor")) == said.get("actor"))
