"""Kudos: thanks, said where others can see them."""

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.meeting import meet
from bot.offering import unsaid
from bot.reply import (
    LABEL_LIMIT,
    SILENCE,
    Block,
    Button,
    Buttons,
    Item,
    Line,
    Link,
    Mention,
    Note,
    Reply,
    Spans,
    Title,
    say,
)
from store import activities, giving, outbox, people
from store.activities import Activity
from store.giving import REPEAT, WEEKLY, Given
from store.names import fold
from store.outbox import Message
from store.people import Person
from store.record import retract

RECEIVERS = 20
SHORTEST, LONGEST = 2, 1300
"""A said reason: words at least, characters at most."""
SHOWN, OFFERED = 5, 2

feature = Feature(
    "kudos",
    examples={
        "en": ("kudos @sam @lea for the demo #teamwork", "my thanks", "who thanked Léa?"),
        "fr": ("merci @sam pour la démo #équipe", "mes mercis", "qui a remercié Léa ?"),
    },
)


_MUCH = "[a] [very] [big|huge|many|special|massive|warm|quick]"
_EN = (
    f"{_MUCH} (kudos|thanks|thank you|props|thx|ty|shoutout|shout-out|shout out) [a lot|so much|very"
    f" much|a million|again]"
)
_SAY_EN = (
    f"((give|send|say) {_MUCH} (kudos|thanks|thank you|props)|thank|i thank|well done|good job|congrats"
    f"|congratulations)"
)
_FR = (
    "[un] [tres] [grand|gros|enorme|immense] (merci|mercis|bravo|chapeau|mille mercis|felicitations)"
    " [beaucoup|infiniment|encore|mille fois|bien|vraiment]"
)
_SAY_FR = f"((dis|dire|dites|envoie|envoyer) ({_FR}|kudos)|remercie|remercier|remerciez|je remercie|je dis {_FR})"


@feature.on(
    "give",
    en=(
        f"({_EN}|{_SAY_EN}) [to] {{people}}[:|,] [{{tags}}] for {{reason}}",
        f"({_EN}|{_SAY_EN}) [to] {{people}}[:|,|!] {{reason}}",
        "{people}[,|:] (thanks|thank you|kudos|props|well done) [a lot|so much|very much|again] for {reason}",
        f"({_SAY_EN}|kudos|props|shoutout|shout out) [to] {{names}} for {{reason}}",
        "{people} ++ for {reason}",
        "{people}++ for {reason}",
        "(kudos|props) for {reason}",
    ),
    fr=(
        f"({_FR}|{_SAY_FR}|kudos) [a|pour] {{people}}[:|,] [{{tags}}] (pour|d'avoir) {{reason}}",
        f"({_FR}|{_SAY_FR}) [a] {{people}}[:|,|!] {{reason}}",
        "{people}[,|:] (merci|bravo|kudos|felicitations) [beaucoup|infiniment|encore] (pour|d'avoir) {reason}",
        f"({_SAY_FR}|kudos|bravo) [a] {{names}} (pour|d'avoir) {{reason}}",
        "{people} ++ pour {reason}",
        "{people}++ pour {reason}",
        "(kudos|bravo) pour {reason}",
    ),
    both=("kudos {people}", "{people}++", "{people}++ {reason}", "kudos", "merci {people}", "thanks {people}"),
)
def give(ctx: Context) -> Reply:
    """Records thanks, says them where they were said, and tells the receivers."""
    slots = ctx.request.slots
    receivers = slots.people
    _check_receivers(ctx, receivers)
    _check_reason(slots.text)
    n, lately = _gave(ctx)
    _check_limit(n, receivers)
    _check_repeat(slots.text, receivers, lately)

    act = ctx.record("Offer", "thanks", to=tuple(p.id for p in receivers), name=slots.text, facts=_facts(slots.tags))
    ctx.announce("kudos.said", act.id)
    for receiver in receivers:
        ctx.tell(receiver, "kudos.received", act.id)

    done = ctx.words("kudos.done", receivers=ctx.named(receivers), reason=_reason(ctx, act))
    seen = ctx.seen(act.audience, "kudos.public", "kudos.members")
    hint = (*seen, " ", *ctx.words("kudos.left", n=WEEKLY - n - len(receivers)))
    return Reply((Line(done), Note(hint), Buttons((ctx.button("kudos.undo", "undo", act.id),))))


@feature.reacts("clap")
def applaud(ctx: Context) -> Reply:
    """A clap under a message thanks its author; it has no reason and leads to the message."""
    receivers = tuple(meet(ctx.tx, author, ctx.now, ctx.new_id) for author in ctx.request.mentions)
    _check_receivers(ctx, receivers)
    _check_limit(_gave(ctx)[0], receivers)
    if _applause(ctx) is None:
        link = {"link": ctx.request.link} if ctx.request.link else {}
        act = ctx.record("Offer", "thanks", to=tuple(p.id for p in receivers), facts=link)
        for receiver in receivers:
            ctx.tell(receiver, "kudos.received", act.id)
    return SILENCE


@feature.unreacts("clap")
def unapplaud(ctx: Context) -> Reply:
    """A clap taken away is thanks taken back."""
    if act := _applause(ctx):
        retract(ctx.tx, act, ctx.now)
        outbox.retract(ctx.tx, act.id, ctx.now, ctx.new_id)
    return SILENCE


@feature.on(
    "show",
    en=(
        "[show [me]|list|see|view] my (thanks|kudos)",
        "[what|which] (thanks|kudos) (did|have) i (get|receive|got|received)",
        "[the] (thanks|kudos) of {person}",
        "{person}'s (thanks|kudos)",
        "who [has] (thanked|thank|been thanking) {person} [for what]",
        "who [has] (gave|given|said|sent) (thanks|thank you|kudos) to {person}",
        "what (was|is|has) {person} [been] thanked for",
        "what was i thanked for {person=me}",
    ),
    fr=(
        "[montre|montre-moi|affiche|liste] (mes mercis|mes remerciements|mes kudos)",
        "qui a remercie {person}",
        "qui m'a (remercie|remerciee|dit merci) {person=me}",
        "qui a dit merci a {person}",
        "[les] (mercis|remerciements|kudos) de {person}",
        "[les] (mercis|remerciements|kudos) d'{person}",
        "[de|pour] quoi {person} a-t-(il|elle) ete (remercie|remerciee)",
    ),
)
def show(ctx: Context) -> Reply:
    """Thanks received and given, as far as the asker may see them, with their reasons."""
    person = ctx.request.slots.people[0] if ctx.request.slots.people else ctx.me
    mine = person.id == ctx.me.id
    received, given = _thanks(ctx, person.id)
    if not received and not given:
        raise Refused("kudos.none_mine" if mine else "kudos.none", person=f"@{person.handle}")
    named = people.of_ids(ctx.tx, [act.actor for act in received] + [to for act in given for to in act.to])
    of = "" if mine else "_of"
    return _listed(
        ctx, f"kudos.received_title{of}", person, [_received(ctx, act, named) for act in received]
    ) + _listed(ctx, f"kudos.given_title{of}", person, [_given(ctx, act, named) for act in given])


@feature.draws("said")
def say_it(ctx: Context, message: Message) -> Reply:
    """The line in the place where the thanks were said."""
    act = _visible(ctx, message)
    return Reply((Line(sentence(ctx, act)),)) if act else SILENCE


@feature.draws("received")
def tell_it(ctx: Context, message: Message) -> Reply:
    act = _visible(ctx, message)
    if act is None:
        return SILENCE
    giver = people.of_ids(ctx.tx, [act.actor]).get(act.actor)
    said = Line(ctx.words("kudos.received", giver=_who(ctx, giver, act), reason=_reason(ctx, act)))
    return Reply((said, *_skills_offered(ctx, act)))


@feature.undo("thanks")
def undo(ctx: Context, act: Activity) -> Reply:
    named = people.of_ids(ctx.tx, act.to)
    return say(*ctx.words("kudos.undone", receivers=ctx.named([named[to] for to in act.to if to in named])))


def sentence(ctx: Context, act: Activity) -> Spans:
    """`@ana thanked @sam: the demo`, for any reader."""
    named = people.of_ids(ctx.tx, [act.actor, *act.to])
    receivers = ctx.named([named[to] for to in act.to if to in named])
    return ctx.words(
        "kudos.given", giver=_who(ctx, named.get(act.actor), act), receivers=receivers, reason=_reason(ctx, act)
    )


def _applause(ctx: Context) -> Activity | None:
    """My clap under this message, if it is there."""
    place = ctx.request.place
    given = activities.of_message(ctx.tx, place.platform, place.id, ctx.request.message)
    return next((act for act in given if act.actor == ctx.me.id and act.kind == "thanks" and not act.name), None)


def _check_receivers(ctx: Context, receivers: tuple[Person, ...]) -> None:
    if not receivers:
        raise Refused("kudos.nobody")
    if len(receivers) > RECEIVERS:
        raise Refused("kudos.too_many", limit=RECEIVERS)
    if any(receiver.id == ctx.me.id for receiver in receivers):
        raise Refused("kudos.yourself")
    for receiver in receivers:
        if receiver.bot:
            raise Refused("kudos.bot", person=f"@{receiver.handle}")
        if receiver.left_at:
            raise Refused("kudos.left_company", person=f"@{receiver.handle}")


def _check_reason(reason: str) -> None:
    if len(reason.split()) < SHORTEST:
        raise Refused("kudos.no_reason")
    if len(reason) > LONGEST:
        raise Refused("kudos.long_reason", limit=LONGEST, length=len(reason))


def _gave(ctx: Context) -> tuple[int, list[Given]]:
    """How many thanks this person gave this week, and those of a moment ago."""
    week = ctx.company.week_start(ctx.me, ctx.now)
    return giving.given(ctx.tx, ctx.me.id, "thanks", week, ctx.now - REPEAT)


def _check_limit(n: int, receivers: tuple[Person, ...]) -> None:
    if n + len(receivers) > WEEKLY:
        raise Refused("kudos.over_limit", limit=WEEKLY, n=WEEKLY - n)


def _check_repeat(reason: str, receivers: tuple[Person, ...], lately: list[Given]) -> None:
    said = (fold(reason), {receiver.id for receiver in receivers})
    if said in ((fold(given.words), given.to) for given in lately):
        raise Refused("kudos.repeat")


def _skills_offered(ctx: Context, act: Activity) -> list[Block]:
    """The skills that the reason names, for the receiver to add if they want."""
    handled = {action for feature in ctx.features for action in feature.handlers}
    if not act.name or "skills.add" not in handled or "skills.decline" not in handled:
        return []
    names = unsaid(ctx.tx, ctx.me.id, act.name, ctx.audiences)[:OFFERED]
    if not names:
        return []
    add = (Button(ctx.words.text("kudos.add_skill", skill=name)[:LABEL_LIMIT], "skills.add", name) for name in names)
    no = ctx.button("kudos.no_skill", "skills.decline", ";".join(names))
    return [Note(ctx.words("kudos.offer")), Buttons((*add, no))]


def _visible(ctx: Context, message: Message) -> Activity | None:
    act = activities.of_id(ctx.tx, message.about)
    return act if act and (act.audience in ctx.audiences or ctx.me.id in act.to) else None


def _thanks(ctx: Context, person: str) -> tuple[list[Activity], list[Activity]]:
    """Received and given: one's own wherever they were said, those of others as far as one may see them."""
    if person == ctx.me.id:
        return giving.own(ctx.tx, person, "thanks", SHOWN)
    received = activities.to_person(ctx.tx, person, "thanks", ctx.audiences, SHOWN)
    return received, activities.of_actor(ctx.tx, person, ["thanks"], ctx.audiences, SHOWN)


def _listed(ctx: Context, title: str, person: Person, items: list[Item]) -> Reply:
    return Reply((Title(ctx.words(title, person=ctx.mention(person))), *items)) if items else SILENCE


def _received(ctx: Context, act: Activity, named: dict[str, Person]) -> Item:
    when = ctx.words.day(ctx.company.local(ctx.me, act.published).date())
    return Item(
        (_who(ctx, named.get(act.actor), act), *ctx.words("kudos.reason", reason=_reason(ctx, act))), ((when,),)
    )


def _given(ctx: Context, act: Activity, named: dict[str, Person]) -> Item:
    when = ctx.words.day(ctx.company.local(ctx.me, act.published).date())
    return Item(
        (*ctx.named([named[to] for to in act.to if to in named]), *ctx.words("kudos.reason", reason=_reason(ctx, act))),
        ((when,),),
    )


def _who(ctx: Context, person: Person | None, act: Activity) -> Mention | str:
    """The giver; an application's name where no person is known; nobody's where they asked to be forgotten."""
    if person:
        return ctx.mention(person)
    return act.actor.removeprefix("app:") if act.actor.startswith("app:") else ctx.words.text("core.someone")


def _reason(ctx: Context, act: Activity) -> Spans:
    """The reason with its tags; a clap has none and leads to its message."""
    if not act.name:
        said = ctx.words.text("kudos.applause")
        return (Link(said, act.facts["link"]) if "link" in act.facts else said,)
    return (act.name, *(f" #{tag}" for tag in act.facts.get("tags", ())))


def _facts(tags: tuple[str, ...]) -> dict[str, list[str]]:
    return {"tags": list(tags)} if tags else {}
