"""What the profile keeps in tables of its own, for the person's eyes, and the contacts they may drop."""

from collections.abc import Mapping
from typing import Any

from bot.feature import Context
from bot.features.profile.noun import feature, told
from bot.reply import Reply, Spans, say
from store import contacts, holdings, suggestions
from store.people import Person


def export(ctx: Context, person: Person) -> list[tuple[str, Spans | Mapping[str, Any]]]:
    """The lines that wait, and how many contacts are kept."""
    found = holdings.rows(ctx.tx, suggestions.suggestions, person.id)
    known = len(holdings.rows(ctx.tx, contacts.contacts, person.id))
    waiting = [row for row in found if row["state"] == suggestions.WAITING]
    lines = ctx.words.listed(tuple(told(ctx, row["kind"], row["text"]) for row in waiting[:10]))
    kept: list[tuple[str, Spans | Mapping[str, Any]]] = []
    decided = len(found) - len(waiting)
    if waiting:
        kept.append(("profile.kept", ctx.words("profile.kept_lines", n=len(waiting), lines=lines)))
    if decided:
        kept.append(("profile.kept_decided", ctx.words("profile.decided_lines", n=decided)))
    if known:
        kept.append(("profile.contacts", ctx.words("profile.kept_contacts", n=known)))
    return kept


feature.exports.append(export)


@feature.on(
    "forget_contacts",
    en=("(forget|delete|remove) my contacts",),
    fr=("(oublie|oubliez|oublier|supprimer|supprime|effacer) mes contacts",),
)
def forget_contacts(ctx: Context) -> Reply:
    """Drops the contacts that the person brought along."""
    return say(*ctx.words("profile.contacts_gone", n=holdings.drop(ctx.tx, contacts.contacts, ctx.me.id)))
