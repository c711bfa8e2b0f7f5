"""What Ristretto knows about a person, in words and for their eyes alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.feature import Context
from bot.features.privacy.noun import feature, in_private
from bot.reply import Block, Item, Line, Mention, Note, Reply, Spans, Title
from store import digests, endorsements, holdings, outbox, people, skills, subscriptions
from store.activities import Activity
from store.outbox import Message
from store.people import PROFILE
from store.skills import Skill

T = TypeVar("T")
SHOWN = 4
"""Entries of each list, so that the whole fits one message."""
JOB = {"title": "job"}
LEVELS = ("beginner", "good", "expert")
MUTED = ("kudos", "projects", "questions", "skills")
"""Kinds of news that may be followed or muted as a whole."""


@feature.on(
    "export",
    en=(
        "export me",
        "(a copy of|copy of) my [personal] data",
        "what ([personal] data|information) do you (have|store|keep|hold) (about|on) me",
        "(export|download|get|send me|see|want|have) [all [of]] my [personal] data",
        "[show me|show|give me] [all] my [personal] data",
        "what do you (know|have) (about|on) me",
    ),
    fr=(
        "(exporte|exportez)-moi",
        "(une copie|copie) de mes donnees",
        "quelles (donnees|informations) (as-tu|avez-vous|gardes-tu|gardez-vous|conserves-tu|conservez-vous) sur moi",
        "quelles (donnees|informations) (tu as|vous avez|tu gardes|vous gardez) sur moi",
        "(exporter|exporte|exportez|telecharger) [toutes] mes donnees [personnelles]",
        "[montrez-moi|montre-moi|donnez-moi|donne-moi] [toutes] mes donnees [personnelles]",
        "(que savez-vous|que sais-tu|qu'est-ce que vous savez|qu'est-ce que tu sais) (de|sur) moi",
    ),
)
def show(ctx: Context) -> Reply:
    """Everything about the person, the newest of each sort in words."""
    return data(ctx) if ctx.request.place.kind == "private" else in_private(ctx, "privacy.copy")


@feature.draws("copy")
def draw_copy(ctx: Context, _message: Message) -> Reply:
    return data(ctx)


def data(ctx: Context) -> Reply:
    sheet = Sheet(ctx, [act for act, row in reversed(holdings.acts(ctx.tx, ctx.me.id)) if row["undone_at"] is None])
    body = [block for part in (sheet.profile(), *sheet.lists(), sheet.settings(), sheet.more()) for block in part]
    admin = f"ristretto export person {ctx.me.handle}"
    left = sheet.left
    last = ctx.words("privacy.left_out", n=left, command=admin) if left else ctx.words("privacy.all", command=admin)
    return Reply((Title(ctx.words("privacy.title")), Line(sheet.summary()), *body, Note(last)))


@dataclass(slots=True)
class Sheet:
    """`acts`: by, to and about the reader, the newest first; `left`: entries there was no room for."""

    ctx: Context
    acts: list[Activity]
    left: int = 0
    _named: Mapping[str, people.Person] = field(init=False)

    def __post_init__(self) -> None:
        self._named = people.of_ids(self.ctx.tx, [id for act in self.acts for id in (act.actor, *act.to)])

    def summary(self) -> Spans:
        """`Since 4 March: 3 thanks received, 2 given and 4 skills.`"""
        [row] = holdings.rows(self.ctx.tx, people.people, self.ctx.me.id)
        counts = {
            "received": len(self._received()),
            "given": len(self._own("thanks")),
            "skills": len(self._skills()),
            "updates": len(self._own("update")),
            "follows": len(self._own("follow")),
            "digests": len(holdings.rows(self.ctx.tx, digests.digests, self.ctx.me.id)),
        }
        words = self.ctx.words
        said = words.listed(tuple(words(f"privacy.n_{name}", n=n) for name, n in counts.items() if n))
        day = words.day(self.ctx.company.local(self.ctx.me, row["joined_at"]).date())
        return words("privacy.summary", day=day, said=said or words("privacy.n_nothing"))

    def profile(self) -> list[Block]:
        me, words = self.ctx.me, self.ctx.words
        said = [
            words(f"privacy.{JOB.get(name, name)}", value=getattr(me, name)) for name in PROFILE if getattr(me, name)
        ]
        accounts = ", ".join(f"{platform} ({id})" for platform, id in me.accounts)
        said += [words("privacy.accounts", value=accounts)] if accounts else []
        return [Title(words("privacy.profile")), *map(Item, said)]

    def lists(self) -> list[list[Block]]:
        about = [act for act in self.acts if act.actor != self.ctx.me.id and act.kind == "project"]
        return [
            self._list("privacy.received", self._received(), self._from),
            self._list("privacy.given", self._own("thanks"), self._to),
            self._list("privacy.skills", self._skills(), self._skill),
            self._list("privacy.updates", self._own("update"), self._update),
            self._list("privacy.projects", [*self._own("project", "member"), *about], self._project),
            self._list("privacy.follows", self._own("follow"), self._follow),
            self._list("privacy.questions", self._questions(), self._question),
            self._list("privacy.endorsements", self._endorsements(), self._endorsement),
            self._list("privacy.others", self._own("act"), self._other),
        ]

    def settings(self) -> list[Block]:
        """The rhythm of the digest, and what was sent."""
        words, me = self.ctx.words, self.ctx.me.id
        rhythm = subscriptions.of_people(self.ctx.tx, [me]).get(me)
        every = rhythm.rhythm if rhythm and rhythm.next_at else "off"
        items = [Item(words(f"privacy.{every}"))] if rhythm else []
        sent = [row["state"] for row in holdings.rows(self.ctx.tx, outbox.outbox, me)]
        if sent:
            items.append(Item(words("privacy.deliveries", n=len(sent), sent=sent.count("sent"))))
        return [Title(words("privacy.settings")), *items] if items else []

    def more(self) -> list[Block]:
        """What features keep besides; data that is no sentence is the administrator's to give."""
        found = [told for one in self.ctx.features for export in one.exports for told in export(self.ctx, self.ctx.me)]
        self.left += sum(not isinstance(said, tuple) for _, said in found)
        return [
            block
            for title, said in found
            if isinstance(said, tuple)
            for block in (Title(self.ctx.words(title)), Item(said))
        ]

    def _list(self, title: str, entries: list[T], say: Callable[[T], Spans]) -> list[Block]:
        self.left += max(len(entries) - SHOWN, 0)
        return [Title(self.ctx.words(title)), *(Item(say(one)) for one in entries[:SHOWN])] if entries else []

    def _own(self, *kinds: str) -> list[Activity]:
        return [act for act in self.acts if act.actor == self.ctx.me.id and act.kind in kinds]

    def _received(self) -> list[Activity]:
        return [act for act in self.acts if self.ctx.me.id in act.to and act.kind == "thanks"]

    def _skills(self) -> list[Skill]:
        return skills.of_person(self.ctx.tx, self.ctx.me.id)

    def _from(self, act: Activity) -> Spans:
        return self.ctx.words("privacy.from", day=self._day(act), person=self._person(act.actor), text=_tagged(act))

    def _to(self, act: Activity) -> Spans:
        to = self.ctx.named(self._named[id] for id in act.to if id in self._named)
        return self.ctx.words("privacy.to", day=self._day(act), people=to, text=_tagged(act))

    def _skill(self, skill: Skill) -> Spans:
        said = "wish" if skill.wish else skill.level if skill.level in LEVELS else ""
        return (skill.name, " (", *self.ctx.words(f"privacy.level_{said}"), ")") if said else (skill.name,)

    def _update(self, act: Activity) -> Spans:
        project = f"#{act.facts['project']}" if act.facts.get("project") else ""
        parts = [name for name in ("next", "blocked") if act.facts.get(name)]
        more = [span for name in parts for span in self.ctx.words(f"privacy.{name}", text=str(act.facts[name]))]
        key = "privacy.update" if project else "privacy.note"
        return self.ctx.words(key, day=self._day(act), project=project, text=(*_tagged(act), *more))

    def _project(self, act: Activity) -> Spans:
        mine = act.actor == self.ctx.me.id
        key = act.verb.lower() if mine and act.verb in ("Create", "Join", "Leave") else "update" if mine else "owner"
        return self.ctx.words(f"privacy.project_{key}", day=self._day(act), project=f"#{act.name or act.key}")

    def _follow(self, act: Activity) -> Spans:
        type_ = str(act.facts.get("type", ""))
        key = "privacy.followed" if act.verb == "Follow" else "privacy.muted"
        named = {"Person": f"@{act.name}", "Project": f"#{act.name}"}.get(type_, act.name)
        what = self.ctx.words.text(f"privacy.all_{act.key}") if type_ == "Kind" and act.key in MUTED else named
        return self.ctx.words(key, day=self._day(act), what=what)

    def _questions(self) -> list[Activity]:
        """Those of the person, and the answers they gave or got."""
        mine = self.ctx.me.id
        return [act for act in self.acts if act.kind in ("question", "answer") and mine in (act.actor, *act.to)]

    def _question(self, act: Activity) -> Spans:
        text = act.name or ", ".join(act.facts.get("topics", ()))
        return self.ctx.words(f"privacy.{act.kind}", day=self._day(act), text=text)

    def _endorsements(self) -> list[Activity]:
        """What the person said of others' skills, others of theirs, and what was answered."""
        mine = self.ctx.me.id
        return [act for act in self.acts if act.kind == endorsements.KIND and mine in (act.actor, *act.to)]

    def _endorsement(self, act: Activity) -> Spans:
        mine = act.actor == self.ctx.me.id
        key = f"privacy.endorsement_{act.verb.lower()}" if mine else f"privacy.endorsement_{act.verb.lower()}_by"
        other = next(iter(act.to), "") if mine else act.actor
        return self.ctx.words(key, day=self._day(act), person=self._person(other), skill=act.name)

    def _other(self, act: Activity) -> Spans:
        return self.ctx.words("privacy.other", day=self._day(act), what=act.verb)

    def _person(self, id: str) -> Mention | str:
        if id in self._named:
            return self.ctx.mention(self._named[id])
        return id.removeprefix("app:") or self.ctx.words.text("core.someone")

    def _day(self, act: Activity) -> str:
        today = self.ctx.company.local(self.ctx.me, self.ctx.now).date()
        return self.ctx.words.short_day(self.ctx.company.local(self.ctx.me, act.published).date(), today)


def _tagged(act: Activity) -> Spans:
    return (act.name, *(f" #{tag}" for tag in act.facts.get("tags", ())))
