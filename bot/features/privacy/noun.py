"""What access and erasure share: the feature, and that both are spoken of in private alone."""

from bot.feature import Context, Feature
from bot.reply import Reply, say
from store import outbox
from store.outbox import Message

feature = Feature(
    "privacy",
    examples={"en": ("export me", "forget me"), "fr": ("mes données", "oubliez-moi")},
)


def in_private(ctx: Context, kind: str) -> Reply:
    """Sends the answer to the person alone, and says so where others read along."""
    outbox.add(ctx.tx, Message(ctx.new_id(), kind, ctx.now, ctx.now, person=ctx.me.id, lane=0))
    return say(*ctx.words("privacy.in_private"))
