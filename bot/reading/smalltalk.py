"""What people say to a bot that asks for nothing."""

import re

from bot.reading.courtesy import variants
from bot.reading.folded import fold_text
from bot.reading.vocabulary import WEEKDAYS, choice

_DAY = (
    r"(?:tomorrow|soon|later|then|there|around|next\ (?:week|time|month)|tonight|demain|bientot|plus(?:\ tard)?"
    r"|tout\ a\ l'heure|tantot|la\ (?:semaine\ )?prochaine(?:\ fois)?|ce\ soir|apres"
    rf"|(?:on\ )?(?:{choice(WEEKDAYS)})(?:\ prochain|\ next)?)"
)
_ALL = (
    r"(?:all|everyone|everybody|folks|guys|team|you|you\ all|both|a\ tous|a\ toutes|tous|toutes|tout\ le\ monde"
    r"|l'equipe|les\ amis|ristretto|again|too|then|alors|indeed|today|aujourd'hui|so\ much|beaucoup|a\ vous|a\ toi)"
)
_DEGREE = r"(?:(?:very|so|really|that's|that\ is|it's|this\ is|all|pretty|quite|tres|trop|si|c'est|vraiment|ca)\ ){0,3}"
_SMALL = rf"""(?:
    {_DEGREE}(?:ok|okay|okey|oki|kk?|great|super|nice|cool|perfect|parfait|top|genial|awesome|excellent
      |brilliant|wonderful|amazing|lovely
      |fantastic|good|fine|bien|bon|clear|clair|fair(?:\ enough)?|funny|drole|marrant|interesting|interessant
      |true|vrai|right|correct|done|fait
      |impressive|bravo|chouette|nickel|noted|note|understood|compris|entendu|agreed|received|bien recu|recu
      |fort)(?:\ (?:one|job|work|idea
      |bot|point|to\ know|news|idee|travail|boulot|nouvelle))?
    |d'accord|dac|ca\ (?:marche|roule|me\ va|va|joue)|got\ it|will\ do|on\ it|i\ see|je\ vois|deal
      |sure(?:\ thing)?|of\ course|bien\ sur|certainly|exactly
    |exactement|absolutely|absolument|definitely|tout\ a\ fait|makes\ sense|(?:sounds|looks|seems)\ (?:good
      |great|fine|perfect)|works\ for\ me|roger
    |yes|yep|yeah|yup|oui|ouais|no|nope|nah|non|maybe|peut[- ]etre|pourquoi\ pas|why\ not|si
    |bye(?:\ bye)?|goodbye|ciao|(?:see|talk\ to|catch|speak\ to)\ (?:you|ya|u)|cu|later|take\ care|a\ {_DAY}
      |{_DAY}
    |(?:have|enjoy)\ (?:a|an|your|the)\ (?:(?:very|good|nice|great|lovely|wonderful|pleasant|safe)\ )*(?:day
      |weekend|week\ end|evening|night|week|holidays?|trip
      |vacation|one|lunch|break|time|rest\ of\ your\ day)
    |(?:good|happy)\ (?:night|luck|weekend|evening|birthday|{choice(WEEKDAYS)}|new\ year|holidays)
      |merry\ christmas|congrats|congratulations
    |(?:bon(?:ne)?s?|bel|belle|joyeux|joyeuse)\ (?:fin\ de\ )?(?:journee|soiree|nuit|semaine|vacances
      |continuation|chance|week-?end|courage|appetit
      |annee|fetes?|route|reception|noel|anniversaire|apres-?midi|pause|semaine)s?|felicitations|bienvenue
      |welcome
    |you'?\ ?a?re\ welcome|no\ (?:problem|worries|prob|pb|thanks|thank\ you)|np|my\ pleasure|anytime
      |any\ time|don't\ (?:mention\ it|worry)|not\ at\ all
    |de\ rien|pas\ de\ (?:souci|soucis|probleme|quoi)|avec\ plaisir|(?:je|il\ n'y\ a)\ (?:t'en|vous\ en
      |pas\ de)\ (?:prie|quoi|souci)|non\ merci|pas\ grave
    |(?:i'm\ |so\ |je\ suis\ )*(?:sorry|desolee?|pardon|oops|oups|my\ (?:bad|mistake|fault)|excuse(?:\ me
      |-moi|z-moi)|au\ temps\ pour\ moi
      |(?:erreur|faute)\ de\ ma\ part|mea\ culpa)
    |lol+|mdr+|ptdr|rofl|xd|(?:ha)+h?|(?:he)+|(?:hi){{2,}}|wow+|oh+|ah+|hm+|uh+|huh|yay|ouf|phew|wahou|waouh
      |argh|eh|hein|bof|euh|well
    |you\ rock|you(?:'re|\ are)\ (?:the\ best|great|awesome|amazing|a\ star|kind|funny)|(?:i\ )?(?:love
      |like)\ (?:it|that|this)|j'adore|(?:tu|vous)\ (?:es|etes)\ (?:le|la|les)\ meilleure?s?
    |never\ mind|laisse\ tomber|forget\ it|oublie(?:\ ca)?|(?:just\ )?kidding|je\ plaisante|brb|afk
      |one\ (?:moment|sec|second)|un\ instant|wait|attends|deux\ minutes
    |how\ are\ (?:you|things)|how(?:'s|\ is)\ (?:it\ going|everything|life)|what's\ up|comment\ (?:ca\ va
      |vas-tu|allez-vous|tu\ vas)|quoi\ de\ beau|i'm\ (?:fine|good|ok|well)|je\ vais\ bien
    |(?:hello|hi|hey|good\ morning|good\ afternoon|bonjour|bonsoir|salut|coucou)\ (?:all|everyone|everybody
      |folks|team|guys|a\ tous|a\ toutes|tout\ le\ monde|l'equipe|la\ compagnie|tous)
)"""
_BETWEEN = r"[\W_]*(?:(?:and|et|but|mais)\ +)?"
_TALK = re.compile(
    rf"""^[\W_]*(?:{_SMALL}
      (?:\ {_ALL}|\ {_DAY}|\ (?:for|pour)\ (?:that|now|ca|l'instant)){{0,2}}(?![\w@#]){_BETWEEN}){{0,5}}
    (?:(?:(?:many|thousand|big)\s+)?(?:thanks|thank\s+you|thx|ty|tysm|cheers|merci|mercis|mille\s+mercis|un\s+grand\s+merci)\b(?!.*(?:@|\ufffc)).*)?$""",
    re.VERBOSE | re.DOTALL,
)


def is_small_talk(text: str) -> bool:
    """Whether silence is the right answer: thanks to nobody by name, assent, farewell, a lone emoji."""
    return any(_TALK.match(_plain(bare)) for bare in variants(text))


def _plain(text: str) -> str:
    return " ".join(fold_text(text).text.split())
