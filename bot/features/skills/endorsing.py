"""What colleagues say of each other's skills: offered in private, and on the profile by that person's yes alone."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.changes import owned
from bot.features.skills.noun import Entry, feature, listed, spoken
from bot.ranking.vocabulary import canonical
from bot.reply import LABEL_LIMIT, SILENCE, Block, Button, Buttons, Line, Note, Reply, Spans, say
from store import activities, endorsements, outbox, people, skills
from store.activities import PUBLIC, Activity
from store.endorsements import ACCEPT, KIND, OFFER, REJECT
from store.outbox import Message
from store.people import Person
from store.record import retract

WEEKLY, AT_ONCE = 20, 10
"""Endorsements a person may give in a week, and in one sentence."""


@feature.on(
    "endorse",
    en=(
        "[i] (endorse|vouch for|recommend) {people} (for|in|on|at|with|as good at) {topics}",
        "[i] (endorse|vouch for|recommend) {people}",
        "endorse",
    ),
    fr=(
        "[je] (recommande|recommander|recommandez) {people} (pour|en|sur|dans) [les|la|le|l'] {topics}",
        "[je] (recommande|recommander|recommandez) {people}",
        "recommander",
    ),
)
def endorse(ctx: Context) -> Reply:
    """Offers it to those who are named, each of whom decides."""
    about, entries = ctx.request.slots.people, spoken(ctx)
    if not about or not entries:
        raise Refused("skills.endorse_how")
    _check_people(ctx, about)
    new = [(person, entry) for person in about for entry in entries if not _said_before(ctx, person, entry)]
    if not new:
        raise Refused("skills.endorsed_before", people=_plainly(about))
    _check_limits(ctx, len(new))
    first = ""
    for person, entry in new:
        first = _offer(ctx, person, entry, first)
    told = {person.id: person for person, _ in new}
    named = listed(ctx, [Entry(name) for name in dict.fromkeys(entry.name for _, entry in new)])
    done = ctx.words("skills.endorsed", people=ctx.named(told.values()), skills=named)
    undo = Buttons((ctx.button("skills.undo", "undo", first),))
    return Reply((Line(done), Note(ctx.words("skills.endorsed_how")), undo))


@feature.draws("endorsed")
def draw(ctx: Context, message: Message) -> Reply:
    """For the person it is about, as long as they have not decided."""
    offer = next((act for act in endorsements.waiting(ctx.tx, ctx.me.id) if act.id == message.about), None)
    return Reply(tuple(choice(ctx, offer))) if offer else SILENCE


@feature.on("accept")
def accept(ctx: Context) -> Reply:
    """Lets a colleague's word stand beside the skill, which is added where it is not there yet."""
    offer = _waiting(ctx)
    held = _held(ctx, offer.key)
    if held is None and len(owned(ctx)) >= skills.MOST:
        raise Refused("skills.too_many", limit=skills.MOST, n=len(owned(ctx)))
    added = None if held else ctx.record("Add", "skill", key=offer.key, name=offer.name, audience=PUBLIC)
    facts = {"offer": offer.id} | ({"added": added.id} if added else {})
    audience = held.audience if held else PUBLIC
    key, name = (held.key, held.name) if held else (offer.key, offer.name)
    act = ctx.record(ACCEPT, KIND, to=(offer.actor,), key=key, name=name, facts=facts, audience=audience)
    by = _by(ctx, offer)
    done = ctx.words("skills.stands_added" if added else "skills.stands", person=by, skill=name)
    undo = Buttons((ctx.button("skills.undo", "undo", act.id),))
    return Reply((Line(done), Note(ctx.words("skills.stands_how", person=_handle(ctx, offer), skill=name)), undo))


@feature.on("refuse")
def refuse(ctx: Context) -> Reply:
    """Puts it aside for good; nobody is told."""
    offer = _waiting(ctx)
    facts, mine = {"offer": offer.id}, f"person:{ctx.me.id}"
    ctx.record(REJECT, KIND, key=offer.key, name=offer.name, facts=facts, audience=mine)
    return say(*ctx.words("skills.put_aside", skill=offer.name))


@feature.on(
    "disown",
    en=("(remove|withdraw|delete|drop) [the|my] endorsement (of|by|from) {person} (for|in|on) {topics}",),
    fr=("(retirer|retire|supprimer|supprime) [la|ma] recommandation (de|d'|par) {person} (pour|en|sur) {topics}",),
)
def disown(ctx: Context) -> Reply:
    """Ends what stands between two people about a skill, whoever of them says so."""
    other, entries = ctx.request.slots.people[0], spoken(ctx)
    keys = {canonical(entry.name) for entry in entries}
    pairs = ((ctx.me.id, other.id), (other.id, ctx.me.id))
    meant = [(offer, of) for by, of in pairs for offer in _offers(ctx, by, of) if canonical(offer.name) in keys]
    seen = [(offer, of) for offer, of in meant if offer.actor == ctx.me.id or _stands(ctx, offer)]
    if not seen:
        raise Refused("skills.no_endorsement", person=f"@{other.handle}")
    for offer, of in seen:
        _end(ctx, endorsements.with_answers(ctx.tx, offer, of))
    return say(*ctx.words("skills.disowned", person=ctx.mention(other), skills=listed(ctx, entries)))


@feature.undo(KIND)
def undo(ctx: Context, act: Activity) -> Reply:
    """Takes back an endorsement with those of the same sentence and the answers to them; or one's own yes."""
    if act.verb != OFFER:
        added = activities.of_id(ctx.tx, str(act.facts.get("added", "")))
        _end(ctx, [added] if added else [])
        return say(*ctx.words("skills.undone", skills=(act.name,)))
    first = act.facts.get("with", act.id)
    sentence = [one for one in endorsements.given(ctx.tx, ctx.me.id) if one.facts.get("with", one.id) == first]
    for offer in sentence:
        _end(ctx, endorsements.with_answers(ctx.tx, offer, next(iter(offer.to), "")))
    names = listed(ctx, [Entry(name) for name in dict.fromkeys(one.name for one in sentence)])
    return say(*ctx.words("skills.unsaid", skills=names))


def choice(ctx: Context, offer: Activity) -> list[Block]:
    """Who says it, and the two answers."""
    held = _held(ctx, offer.key)
    said = ctx.words("skills.endorses_you", person=_by(ctx, offer), skill=offer.name)
    yes = "skills.let_it_stand" if held else "skills.add_it"
    labels = ctx.words.text(yes, skill=offer.name), ctx.words.text("skills.not_mine", skill=offer.name)
    answers = zip(labels, ("skills.accept", "skills.refuse"), strict=True)
    buttons = tuple(Button(label[:LABEL_LIMIT], action, offer.id) for label, action in answers)
    return [Line(said), Note(ctx.words("skills.your_yes")), Buttons(buttons)]


def _check_people(ctx: Context, about: tuple[Person, ...]) -> None:
    for person in about:
        if person.id == ctx.me.id:
            raise Refused("skills.not_yourself")
        if person.bot:
            raise Refused("skills.no_bot", person=f"@{person.handle}")
        if person.left_at:
            raise Refused("skills.has_left", person=f"@{person.handle}")


def _check_limits(ctx: Context, n: int) -> None:
    if n > AT_ONCE:
        raise Refused("skills.endorsed_at_once", limit=AT_ONCE)
    given = endorsements.count(ctx.tx, ctx.me.id, ctx.company.week_start(ctx.me, ctx.now))
    if given + n > WEEKLY:
        raise Refused("skills.endorsed_most", limit=WEEKLY, n=WEEKLY - given)


def _said_before(ctx: Context, person: Person, entry: Entry) -> bool:
    """Whatever became of it: a no is not told, and a word counts once."""
    return any(canonical(offer.name) == canonical(entry.name) for offer in _offers(ctx, ctx.me.id, person.id))


def _offer(ctx: Context, person: Person, entry: Entry, first: str) -> str:
    facts = {"with": first} if first else {}
    theirs = f"person:{person.id}"
    act = ctx.record(OFFER, KIND, to=(person.id,), audience=theirs, key=entry.key, name=entry.name, facts=facts)
    ctx.tell(person, "skills.endorsed", act.id)
    return first or act.id


def _offers(ctx: Context, by: str, of: str) -> list[Activity]:
    return [offer for offer in endorsements.offers(ctx.tx, of) if offer.actor == by]


def _end(ctx: Context, acts: list[Activity]) -> None:
    """As if they had never been said, with what was told of them."""
    for act in acts:
        retract(ctx.tx, act, ctx.now)
        outbox.retract(ctx.tx, act.id, ctx.now, ctx.new_id)


def _stands(ctx: Context, offer: Activity) -> bool:
    mine = endorsements.of_person(ctx.tx, ctx.me.id)
    return any(one.accepted.facts.get("offer") == offer.id for one in mine)


def _waiting(ctx: Context) -> Activity:
    """Raises Refused where it is decided, taken back or somebody else's."""
    found = (offer for offer in endorsements.waiting(ctx.tx, ctx.me.id) if offer.id == ctx.request.value)
    offer = next(found, None)
    if offer is None:
        raise Refused("skills.decided")
    return offer


def _held(ctx: Context, key: str) -> Activity | None:
    """The act by which this person has the skill, whatever its name."""
    known = (skill for skill in owned(ctx).values() if not skill.wish)
    held = next((skill for skill in known if canonical(skill.name) == canonical(key)), None)
    return activities.of_id(ctx.tx, held.activity) if held else None


def _by(ctx: Context, offer: Activity) -> Spans:
    by = people.of_ids(ctx.tx, [offer.actor]).get(offer.actor)
    return (ctx.mention(by),) if by else ctx.words("core.someone")


def _handle(ctx: Context, offer: Activity) -> str:
    by = people.of_ids(ctx.tx, [offer.actor]).get(offer.actor)
    return f"@{by.handle}" if by else "@"


def _plainly(about: tuple[Person, ...]) -> str:
    return ", ".join(f"@{person.handle}" for person in about)
