"""What a person says of themself: title, team, place and links, and taking them away."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.profile.noun import feature, property_of, told
from bot.links import name_of, read_url
from bot.reply import Button, Buttons, Line, Note, Reply, Spans, say
from store import people, profile
from store.activities import PUBLIC, Activity
from store.names import clean, fold

LONGEST, MOST = 100, 20
"""Characters of a line, and lines a person may have."""


@feature.on(
    "link",
    en=(
        "[my] profile link {url}",
        "[my] profile link [{text}]",
        "add [the|my] link {url}",
        "add {url} to my profile",
    ),
    fr=(
        "[mon] profil lien {url}",
        "[mon] profil lien [{text}]",
        "ajouter [le] lien {url}",
        "(ajoute|ajouter|ajoutez) {url} a mon profil",
    ),
)
def add_link(ctx: Context) -> Reply:
    """Puts a link on the person's own card."""
    url = read_url(ctx.request.slots.url)
    if not url:
        raise Refused("profile.which_link")
    key = profile.key("link", url)
    own = profile.of_person(ctx.tx, ctx.me.id)
    if any(act.key == key for act in own):
        raise Refused("profile.link_before", link=name_of(url))
    if len(own) >= MOST:
        raise Refused("profile.too_many", n=MOST)
    act = ctx.record("Add", "profile", key=key, name=url, facts={"property": "link"})
    return _echo(ctx, ctx.words("profile.added", line=told(ctx, "link", url)), act)


@feature.on(
    "set",
    en=(
        "[my] profile title {what=title} {text}",
        "my [job] title is {what=title} {text}",
        "[my] profile team {what=team} {text}",
        "my team is {what=team} {text}",
        "[my] profile (place|location|city) {what=location} {text}",
    ),
    fr=(
        "[mon] profil (poste|titre|metier) {what=title} {text}",
        "(mon poste|mon titre) est {what=title} {text}",
        "[mon] profil equipe {what=team} {text}",
        "mon equipe est {what=team} {text}",
        "[mon] profil (lieu|ville|site) {what=location} {text}",
    ),
)
def set_field(ctx: Context) -> Reply:
    """Says the person's title, team or place; from then on their word counts, whatever files say."""
    of, value = ctx.request.slots.what, clean(ctx.request.slots.text)
    if not fold(value) or len(value) > LONGEST:
        raise Refused("profile.long", limit=LONGEST)
    if ctx.request.place.audience != PUBLIC:
        raise Refused("profile.in_private")
    facts = {"property": of, "was": before(ctx, of)}
    act = ctx.record("Add", "profile", key=profile.key(of, value), name=value, facts=facts)
    return _echo(ctx, ctx.words("profile.set", line=told(ctx, of, value)), act)


@feature.on(
    "remove",
    en=(
        "[my] profile (remove|delete|drop) {text}",
        "(remove|delete|drop) {url} from my profile",
        "(remove|delete|drop) [the|my] link {url}",
    ),
    fr=(
        "[mon] profil (retirer|retire|enlever|supprimer) {text}",
        "(retirer|retire|enlever|supprimer) {url} de mon profil",
        "(retirer|retire|enlever|supprimer) [le] lien {url}",
    ),
)
def remove(ctx: Context) -> Reply:
    """Takes a line away: a link by its address or name, anything else by its words."""
    own = profile.of_person(ctx.tx, ctx.me.id)
    slots = ctx.request.slots
    meant = [act for act in own if _fits(act, slots.url or slots.text)]
    if not meant:
        lines = ctx.words.listed(tuple((_short(act),) for act in own))
        raise Refused("profile.none" if not own else "profile.missing", lines="".join(map(str, lines)))
    acts = [_taken_away(ctx, act) for act in meant]
    lines = ctx.words.listed(tuple(told(ctx, property_of(act), act.name) for act in meant))
    return Reply((Line(ctx.words("profile.removed", lines=lines)), Buttons((_undo(ctx, acts[0]),))))


@feature.undo("profile")
def undo(ctx: Context, act: Activity) -> Reply:
    return say(*ctx.words("profile.undone", line=told(ctx, property_of(act), act.name)))


def before(ctx: Context, of: str) -> str:
    """What stands there now, to come back when the act is taken back."""
    me = people.of_ids(ctx.tx, [ctx.me.id]).get(ctx.me.id)
    return str(getattr(me, of)) if me and of in profile.FIELDS else ""


def _taken_away(ctx: Context, act: Activity) -> Activity:
    of = property_of(act)
    facts = {"property": of} | ({"was": before(ctx, of)} if of in profile.FIELDS else {})
    return ctx.record("Remove", "profile", key=act.key, name=act.name, facts=facts, audience=act.audience)


def _fits(act: Activity, said: str) -> bool:
    if property_of(act) == "link" and read_url(said):
        return act.name == read_url(said)
    return fold(said) in (fold(act.name), fold(_short(act)), property_of(act))


def _short(act: Activity) -> str:
    return name_of(act.name) if property_of(act) == "link" else act.name


def _echo(ctx: Context, said: Spans, act: Activity) -> Reply:
    seen = ctx.seen(act.audience, "profile.public", "profile.members")
    return Reply((Line(said), Note((*seen, " ", *ctx.words("profile.see"))), Buttons((_undo(ctx, act),))))


def _undo(ctx: Context, act: Activity) -> Button:
    return ctx.button("profile.undo", "undo", act.id)
