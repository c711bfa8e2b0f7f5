"""The sentences of a digest: what happened, and why this reader is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot import reply
from bot.curating.excerpt import excerpt, sentence
from bot.curating.item import Item
from bot.feature import Context
from bot.reply import Link, Spans, Strong
from store import people
from store.activities import Activity
from store.news import PERSON
from store.people import Person

STATES = ("planned", "on track", "at risk", "late", "blocked", "paused", "done")
"""States that are said in the reader's language; any other as it was said."""
LEVELS = ("beginner", "good", "expert")
NEXT_WORDS, NEXT_CHARACTERS = 12, 90


@dataclass(frozen=True, slots=True)
class Sentences:
    """Says items to the reader of `ctx`. `named`: everybody who occurs in them."""

    ctx: Context
    named: Mapping[str, Person]

    def block(self, item: Item) -> reply.Item:
        """The entry: what happened, why it is told, and where it was said if that can be opened."""
        link = self.link(item)
        source = ((Link(self.ctx.words.text("digest.source"), link),),) if link else ()
        return reply.Item(self.news(item), (self.why(item), *source))

    def urn(self, item: Item) -> str:
        """The name of the act, or of the person who is news."""
        act = item.first
        return act.id if act.kind != "person" else PERSON + self.named[act.actor].handle

    def link(self, item: Item) -> str:
        message = item.first.message
        return message if message.startswith(("https://", "http://")) else ""

    def news(self, item: Item) -> Spans:
        act = item.first
        match act.kind:
            case "thanks":
                return self._thanks(item)
            case "update":
                return self._update(item)
            case "project":
                return self._created(item) if act.verb == "Create" else self._facts(item)
            case "member":
                return self.ctx.words("digest.joined", **self._who(item), project=_project(act))
            case "skill":
                return self._skill(item)
            case _:
                return self.ctx.words("digest.started", **self._who(item))

    def why(self, item: Item) -> Spans:
        """The weightiest reason, in words."""
        act = item.first
        match item.reasons[0]:
            case "member" | "follows_project" as reason:
                return self.ctx.words(f"digest.why_{reason}", project=_project(act))
            case "follows_person" as reason:
                return self.ctx.words(f"digest.why_{reason}", people=self._people(item))
            case "team":
                return self.ctx.words("digest.why_team", team=act.key)
            case "thanked" | "newcomer" as reason:
                return self.ctx.words(f"digest.why_{reason}")
            case reason:
                return self.ctx.words(f"digest.why_{reason}", skill=act.name)

    def _thanks(self, item: Item) -> Spans:
        said = excerpt(item.first.name)
        who = self._who(item)
        return self.ctx.words("digest.thanks", **who, reason=said) if said else self.ctx.words("digest.clap", **who)

    def _update(self, item: Item) -> Spans:
        act = item.first
        project, said = _project(act), excerpt(act.name)
        ahead = {key: excerpt(str(act.facts[key]), NEXT_WORDS, NEXT_CHARACTERS) for key in _AHEAD if act.facts.get(key)}
        text = sentence(said) if ahead else said
        people = self._people(item)
        head = (
            self.ctx.words("digest.update", people=people, project=project, text=text)
            if project
            else self.ctx.words("digest.note", people=people, text=text)
        )
        for key, more in ahead.items():
            head = (*head, " ", *self.ctx.words(f"digest.{key}", text=sentence(more)))
        return head

    def _created(self, item: Item) -> Spans:
        return self.ctx.words("digest.created", **self._who(item), project=_project(item.first))

    def _facts(self, item: Item) -> Spans:
        """What is true now of what changed."""
        facts: dict[str, str] = {}
        for act in item.acts:
            facts = {**act.facts, **facts}
        said = tuple(self._fact(name, str(facts[name])) for name in _FACTS if facts.get(name))
        listed = self.ctx.words.listed(said)
        return self.ctx.words("digest.facts", project=_project(item.first), facts=listed, people=self._people(item))

    def _fact(self, name: str, value: str) -> Spans:
        words = self.ctx.words
        if name == "state":
            state = words.text(f"digest.state_{value.replace(' ', '_')}") if value in STATES else value
            return words("digest.state", state=(Strong(state),))
        if name == "owner":
            return words("digest.owner", person=self._person(value))
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            return words(f"digest.{_COMING[name]}", day=value)
        past = day < self.ctx.company.local(self.ctx.me, self.ctx.now).date()
        return words(f"digest.{(_GONE if past else _COMING)[name]}", day=words.day(day))

    def _skill(self, item: Item) -> Spans:
        act = item.first
        skill = (Strong(act.name),)
        if act.facts.get("wish"):
            return self.ctx.words("digest.wishes", **self._who(item), skill=skill)
        level = str(act.facts.get("level", ""))
        if len({act.actor for act in item.acts}) == 1 and level in LEVELS:
            said = self.ctx.words.text(f"digest.level_{level}")
            return self.ctx.words("digest.knows_well", people=self._people(item), skill=skill, level=said)
        return self.ctx.words("digest.knows", **self._who(item), skill=skill)

    def _who(self, item: Item) -> dict[str, Spans | int]:
        return {"people": self._people(item), "n": len({act.actor for act in item.acts})}

    def _people(self, item: Item) -> Spans:
        actors = list(dict.fromkeys(act.actor for act in item.acts))
        if all(actor in self.named for actor in actors):
            return self.ctx.named(self.named[actor] for actor in actors)
        return self.ctx.words.listed(tuple(self._person(actor) for actor in actors[:3]))

    def _person(self, id: str) -> Spans:
        if id in self.named:
            return (self.ctx.mention(self.named[id]),)
        app = id.removeprefix("app:")
        return (app if app != id and app else self.ctx.words.text("core.someone"),)


_FACTS = ("state", "startTime", "endTime", "owner")
_COMING = {"startTime": "starts", "endTime": "ends"}
_GONE = {"startTime": "has_started", "endTime": "has_ended"}
_AHEAD = ("next", "blocked")


def sentences(ctx: Context, items: Iterable[Item]) -> Sentences:
    acts = [act for item in items for act in item.acts]
    ids = [act.actor for act in acts] + [str(act.facts["owner"]) for act in acts if act.facts.get("owner")]
    return Sentences(ctx, people.of_ids(ctx.tx, ids))


def _project(act: Activity) -> str:
    """`#apollo`; empty for an update of none."""
    name = str(act.facts.get("project", "")) if act.kind == "update" else act.name
    return f"#{(name or act.key).lstrip('#')}" if name or act.key else ""
