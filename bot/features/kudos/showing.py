"""Thanks received and given, for whoever asks."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.kudos.noun import feature, said_reason, who
from bot.reply import SILENCE, Item, Reply, Title
from store import activities, giving, people
from store.activities import Activity
from store.people import Person

SHOWN = 5
_WHEN_EN = "this week|this month|this year|recently|lately|so far|today|last week|last month"
_WHEN_FR = "cette semaine|ce mois-ci|ce mois|cette annee|recemment|dernierement|aujourd'hui|la semaine derniere"


feature.asks(
    "show",
    en="{person} (thanks|thanked|thank|kudos|props)",
    fr="{person} (mercis?|remerciee?s?|remercient|remerciements?|kudos|felicitee?s?)",
)


@feature.on(
    "show",
    en=(
        "[show [me]|list|see|view] my (thanks|kudos)",
        f"[what|which] (thanks|kudos) (did|have) i (get|receive|got|received|get) [{_WHEN_EN}]",
        f"(what|which) (thanks|kudos) (did|has) {{person}} (get|receive|got|received) [{_WHEN_EN}]",
        f"[the] (thanks|kudos) [that] i (gave|have given|sent|said|got|received|have received) [{_WHEN_EN}]",
        f"(who|whom) (did|have) i (thank|thanked) [{_WHEN_EN}] {{person=me}}",
        "(show [me]|list|see|view) [the|all] (thanks|kudos) (of|for|to) {person}",
        "what (did|have|do) (people|colleagues|others|they) (thank|thanked) {person} for",
        "[the] (thanks|kudos) of {person}",
        "{person}'s (thanks|kudos)",
        f"who [has] (thanked|thank|been thanking) {{person}} [for what|{_WHEN_EN}]",
        "who [has] thanked {person} for {topics}",
        "who [has] (gave|given|said|sent) (thanks|thank you|kudos) to {person}",
        "what (was|is|has) {person} [been] thanked for",
        "what was i thanked for {person=me}",
    ),
    fr=(
        "[montre|montre-moi|affiche|liste] (mes mercis|mes remerciements|mes kudos)",
        "qui a remercie {person}",
        "qui a remercie {person} (pour|de) {topics}",
        f"qui m'a (remercie|remerciee|dit merci) [{_WHEN_FR}] {{person=me}}",
        f"qui (ai-je|est-ce que j'ai|j'ai) (remercie|remerciee|remercies) [{_WHEN_FR}] {{person=me}}",
        (
            "[combien de|quels|les] (mercis|remerciements) (ai-je|j'ai|que j'ai) (recus|recu|donnes|donne|envoyes|dits)"
            f" [{_WHEN_FR}] {{person=me}}"
        ),
        "[quels|les] (mercis|remerciements) (a|qu'a) (recus|recu) {person}",
        "[les] (mercis|remerciements) (recus par|adresses a) {person}",
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
        (who(ctx, named.get(act.actor), act), *ctx.words("kudos.reason", reason=said_reason(ctx, act))), ((when,),)
    )


def _given(ctx: Context, act: Activity, named: dict[str, Person]) -> Item:
    when = ctx.words.day(ctx.company.local(ctx.me, act.published).date())
    return Item(
        (
            *ctx.named([named[to] for to in act.to if to in named]),
            *ctx.words("kudos.reason", reason=said_reason(ctx, act)),
        ),
        ((when,),),
    )
