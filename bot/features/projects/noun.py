"""What everything about projects shares: the feature, and how a project, a day and a person are said."""

import re
from datetime import date, datetime
from itertools import islice

from rapidfuzz import fuzz

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.nearest import projects_like
from bot.reply import Block, Mention, Note, Spans
from store import people, projects
from store.activities import Activity
from store.names import clean
from store.people import Person
from store.projects import Project

NAME_LIMIT = 60
"""Characters of a project's name."""
STATES = ("planned", "on track", "at risk", "late", "blocked", "paused", "done")
SIMILAR = 70
"""From this likeness (of 100) on a project is offered as the nearest."""
_NAME = re.compile(r'#?["«“”][^"«“”»]+["»“”]|[^\s,:;?!]+')

feature = Feature(
    "projects",
    examples={
        "en": (
            "update #apollo beta is out; next: pricing",
            "project apollo starts on 3 March, owner @sam",
            "how is apollo doing?",
            "what is Jean-Marc working on?",
        ),
        "fr": (
            "nouvelle #apollo la bêta est sortie ; ensuite : les prix",
            "projet apollo démarre le 3 mars, responsable @sam",
            "où en est apollo ?",
            "sur quoi travaille Jean-Marc ?",
        ),
    },
)


def tag(name: str) -> str:
    """A project as one types it: `#apollo`, and a name of several words in quotes."""
    return f"“{name}”" if " " in name else f"#{name}"


def as_said(text: str, key: str) -> str:
    """The word or quoted words of a text that name this project, with the sign in front of them."""
    return next((word for word in _NAME.findall(text) if projects.key(word) == key), "")


def name_as_said(ctx: Context, key: str) -> str:
    """How a new project is called. Raises Refused where that is no name."""
    name = clean(as_said(ctx.request.text, key)).strip('#"«»“” .') or key
    if len(name) > NAME_LIMIT:
        raise Refused("projects.long_name", limit=NAME_LIMIT)
    return name


def existing(ctx: Context) -> Project:
    """The project that was asked about. Raises Refused where the asker knows none of that name."""
    key = ctx.request.slots.project
    project = projects.of_key(ctx.tx, key, ctx.audiences)
    if project is None:
        raise Refused("core.unknown_project", name=key, nearest=", ".join(map(tag, nearest(ctx, key))))
    return project


def nearest(ctx: Context, key: str) -> list[str]:
    """Names of known projects that are nearly the same, at most two."""
    close = (one for one in projects_like(ctx.tx, key, ctx.audiences, fuzz.ratio, SIMILAR) if one[0] != key)
    return [name for _, name in islice(close, 2)]


def new_note(ctx: Context, name: str, key: str = "projects.new") -> Block:
    """Says that a project is new, and the name that may have been meant."""
    near = nearest(ctx, projects.key(name))
    if near:
        return Note(ctx.words("projects.new_near", project=tag(name), nearest=tag(near[0])))
    return Note(ctx.words(key, project=tag(name)))


def seen_by(ctx: Context, act: Activity) -> Spans:
    return ctx.seen(act.audience, "projects.public", "projects.members_only")


def who(ctx: Context, person: str, known: dict[str, Person]) -> Mention | str:
    """The person; an application's name where no person is known; nobody's where they asked to be forgotten."""
    if person in known:
        return ctx.mention(known[person])
    return person.removeprefix("app:") if person.startswith("app:") else ctx.words.text("core.someone")


def name_of(ctx: Context, person: str) -> Mention | str:
    return who(ctx, person, people.of_ids(ctx.tx, [person]))


def today(ctx: Context) -> date:
    return ctx.company.local(ctx.me, ctx.now).date()


def day(ctx: Context, at: datetime) -> str:
    """The day of a moment, where the reader is."""
    return ctx.words.day(ctx.company.local(ctx.me, at).date())


def tense(ctx: Context, fact: str, when: date) -> str:
    """The key that says a start or end date: what has passed started or ended."""
    past = "ed" if when < today(ctx) else "s"
    return f"projects.{'start' if fact == 'startTime' else 'end'}{past}"


def state_said(ctx: Context, state: str) -> str:
    """A state in the reader's words; one that came from elsewhere stays as it is."""
    return ctx.words.text(f"projects.state_{state.replace(' ', '_')}") if state in STATES else state
