"""What people say to a bot that asks for nothing."""

import re

from bot.reading.folded import fold_text

_SMALL = re.compile(
    r"""^\s*(?:
      (?:(?:many\s+)?thanks|thank\s+you|thx|ty|cheers|merci|mille\s+mercis)\b(?!.*(?:@|\ufffc)).*
    | (?:ok|okay|okey|kk?|d'accord|dac|ca\s+marche|great|super|nice|cool|perfect|parfait|top|genial|good|bien
        |yes|yep|oui|no|nope|non|bye|ciao|see\s+you|a\s+plus|a\s+demain|a\s+bientot|bonne\s+(?:journee|soiree)|good\s+night|bravo|lol|haha+|noted
        |c'est\s+note|got\s+it|you're\s+welcome|de\s+rien|never\s+mind|laisse\s+tomber|good\s+bot)
      \b(?:\s*[,.!]*\s*(?:ok|see\s+you|thanks|thank\s+you|merci|great|super|then|alors|later|soon|tomorrow|monday
        |demain|lundi|a\s+plus|a\s+demain|a\s+bientot|bye|all|you|tout\s+le\s+monde))*\s*
    | [\W_]*
    )[\s.!?…]*$""",
    re.VERBOSE,
)


def is_small_talk(text: str) -> bool:
    """Whether silence is the right answer: thanks to nobody by name, assent, farewell, a lone emoji."""
    return bool(_SMALL.match(fold_text(text).text))
