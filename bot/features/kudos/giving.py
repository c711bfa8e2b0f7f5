"""Giving thanks and taking them back, within their limits."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.kudos.noun import feature, said_reason
from bot.meeting import meet
from bot.reply import SILENCE, Buttons, Line, Note, Reply, say
from store import activities, giving, outbox, people
from store.activities import Activity
from store.giving import REPEAT, WEEKLY
from store.names import fold
from store.people import Person
from store.record import retract

RECEIVERS = 20
SHORTEST, LONGEST = 2, 1300
"""A said reason: words at least, characters at most."""

_MUCH = "[a] [very] [big|huge|many|special|massive|warm|quick]"
_EN = (
    f"{_MUCH} (kudos|thanks|thank you|props|thx|ty|shoutout|shout-out|shout out) [a lot|so much|very"
    f" much|a million|again]"
)
_SAY_EN = (
    f"((give|send|say) {_MUCH} (kudos|thanks|thank you|props)|thank|i thank|i want to thank|i would like to thank"
    "|well done|congrats|congratulations|hats off|[a] tip of the hat|[a] high five|big up|cheers|bravo"
    "|(good|great|nice|amazing|excellent|awesome|fantastic|brilliant|lovely|super|impressive) (job|work|stuff))"
)
_FR = (
    "[encore] [un] [tres] [grand|gros|enorme|immense] (merci|mercis|bravo|chapeau|mille mercis|felicitations)"
    " [beaucoup|bcp|infiniment|encore|mille fois|bien|vraiment|mille|tellement] [a vous|a toi]"
)
_SAY_FR = (
    f"((dis|dire|dites|envoie|envoyer) ({_FR}|kudos)|remercie|remercier|remerciez|je remercie"
    f"|je dis {_FR}|on dit {_FR}|disons {_FR}"
    "|(beau|bon|super|joli|excellent|magnifique|sacre) (travail|boulot|job)|bien joue|coup de chapeau)"
)
_FOR_EN, _FOR_FR = "from me|on my behalf|from us|from all of us", "de ma part|de notre part"
_STAR_EN = "[a|an|the] (star|best|amazing|great|awesome|legend|hero|brilliant|lifesaver|angel)"
_STAR_FR = "[au|le|la|un|une|trop] (top|meilleur|meilleure|genial|geniale|super|heros|heroine|chef|ange|fort|forte)"


@feature.on(
    "give",
    en=(
        f"({_EN}|{_SAY_EN}) [to|for|go to|goes to] {{people}}[:|,] [{_FOR_EN}] [{{tags}}] for {{reason}}",
        f"({_EN}|{_SAY_EN}) [to|go to|goes to] {{people}}[:|,|!] {{reason}}",
        "{people}[,|:] (thanks|thank you|kudos|props|well done) [a lot|so much|very much|again] for {reason}",
        f"{{people}}[,|:] (you are|you're) {_STAR_EN}[,|!|:] [thanks|thank you|kudos] [so much] for {{reason}}",
        f"({_SAY_EN}|kudos|props|shoutout|shout out) [to|for] {{names}} [{_FOR_EN}] for {{reason}}",
        f"({_EN}) [to] {{names}} for {{reason}}",
        "(thanks|thank you|thx)[,] {people}[,] for {reason}",
        "{people} ++ for {reason}",
        "{people}++ for {reason}",
        f"({_EN}) for {{reason}}[,] {{people}}[!|.]",
        "(kudos|props) for {reason} {people}[!|.]",
        "[i|i'm|i am] [so|very|really|just] (grateful|thankful) to {people} for {reason}",
        "i [really] appreciate {people} for {reason}",
        "[i] [just] (wanted|want) to (thank|say thanks to|say thank you to) {people} for {reason}",
        "(let's|let us) (thank|congratulate) {people} for {reason}",
        "{people} (rocks|rock|is the best|are the best)[,|!|:] (thanks|thank you) for {reason}",
        "(kudos|props) for {reason}",
    ),
    fr=(
        f"({_FR}|{_SAY_FR}|kudos) [a|pour] {{people}}[:|,] [{_FOR_FR}] [{{tags}}] (pour|d'avoir) {{reason}}",
        f"({_FR}|{_SAY_FR}) [a] {{people}}[:|,|!] {{reason}}",
        "{people}[,|:] (merci|bravo|kudos|felicitations) [beaucoup|infiniment|encore] (pour|d'avoir) {reason}",
        f"{{people}}[,|:] tu es {_STAR_FR}[,|!|:] merci [beaucoup|encore] (pour|d'avoir) {{reason}}",
        f"({_SAY_FR}|kudos|bravo) [a] {{names}} [{_FOR_FR}] (pour|d'avoir) {{reason}}",
        f"({_FR}) [a] {{names}} (pour|d'avoir) {{reason}}",
        "(merci|bravo)[,] {people}[,] pour {reason}",
        "{people} ++ pour {reason}",
        "{people}++ pour {reason}",
        f"({_FR}) (pour|d'avoir) {{reason}}[,] {{people}}[!|.]",
        "(kudos|bravo) pour {reason} {people}[!|.]",
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
    _check_repeat(ctx, slots.text, receivers, lately)

    act = ctx.record("Offer", "thanks", to=tuple(p.id for p in receivers), name=slots.text, facts=_facts(slots.tags))
    ctx.spread(act.id, "kudos.received", receivers, announced="kudos.said")

    done = ctx.words("kudos.done", receivers=ctx.named(receivers), reason=said_reason(ctx, act))
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
        ctx.spread(act.id, "kudos.received", receivers)
    return SILENCE


@feature.unreacts("clap")
def unapplaud(ctx: Context) -> Reply:
    """A clap taken away is thanks taken back."""
    if act := _applause(ctx):
        retract(ctx.tx, act, ctx.now)
        outbox.retract(ctx.tx, act.id, ctx.now, ctx.new_id)
    return SILENCE


@feature.undo("thanks")
def undo(ctx: Context, act: Activity) -> Reply:
    named = people.of_ids(ctx.tx, act.to)
    return say(*ctx.words("kudos.undone", receivers=ctx.named([named[to] for to in act.to if to in named])))


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


def _gave(ctx: Context) -> tuple[int, dict[str, str]]:
    """How many thanks this person gave this week, and the words of those of a moment ago."""
    week = ctx.company.week_start(ctx.me, ctx.now)
    return giving.given(ctx.tx, ctx.me.id, "thanks", week, ctx.now - REPEAT)


def _check_limit(n: int, receivers: tuple[Person, ...]) -> None:
    if n + len(receivers) > WEEKLY:
        raise Refused("kudos.over_limit", limit=WEEKLY, n=WEEKLY - n)


def _check_repeat(ctx: Context, reason: str, receivers: tuple[Person, ...], lately: dict[str, str]) -> None:
    said = fold(reason)
    same = [id for id, words in lately.items() if fold(words) == said]
    to = {receiver.id for receiver in receivers}
    if any(set(act.to) == to for act in activities.of_ids(ctx.tx, same).values()):
        raise Refused("kudos.repeat")


def _facts(tags: tuple[str, ...]) -> dict[str, list[str]]:
    return {"tags": list(tags)} if tags else {}
