"""How people say what they know, wish to learn and no longer know; in passing it is asked about before it counts."""

_LEVELS_EN = {"expert": "an expert|expert", "good": "good|proficient|fluent", "beginner": "a beginner|beginner"}
_LEVELS_FR = {
    "expert": "comme expert|comme experte|en tant qu'expert|en tant qu'experte",
    "good": "comme confirme|comme confirmee|avec un bon niveau",
    "beginner": "comme debutant|comme debutante|en tant que debutant|en tant que debutante",
}
_BEING_EN = {
    "expert": "an expert|expert|a specialist",
    "good": "good|fluent|experienced|skilled|proficient|comfortable",
    "beginner": "a beginner|new",
}
_BEING_FR = {
    "expert": "un expert|une experte|expert|experte|specialiste|bilingue",
    "good": "bon|bonne|doue|douee|a l'aise",
    "beginner": "debutant|debutante|un debutant|une debutante",
}
_RATED_EN = {
    "expert": "expert|an expert",
    "good": "good|advanced|fluent|intermediate",
    "beginner": "beginner|basic|low",
}
_RATED_FR = {
    "expert": "expert",
    "good": "bon|avance|courant|intermediaire|confirme",
    "beginner": "debutant|faible|moyen",
}
_YEARS_EN = r"(some|a lot of|good|solid|lots of|years of|several years of|many years of|long)"
_MINE_EN, _MINE_FR = "(skills|skill|skill set|profile)", "(mes competences|mon profil)"
_PUT_FR = "(ajouter|ajoute|ajoutez|mets|mettre)"

ADD_EN = (
    "(skills|skill) add [:] {topics}",
    "(skills|skill) add",
    "add [a|the|my|to my] (skills|skill)[:] [:] {topics}",
    "add (skills|skill)",
    f"(add|put) {{topics}} (to|on|in|among) my {_MINE_EN}",
    *(
        f"(add|put) {{topics}} (to|on|in|among) my {_MINE_EN} as ({said}) {{level={level}}}"
        for level, said in _LEVELS_EN.items()
    ),
    "i [also] (know|use|speak|master) [a lot about|all about] {topics} [quite|very|really|pretty] [well] {confirm=yes}",
    "i (have|just|have just) (learned|learnt) {topics} {confirm=yes}",
    "i can help [people|others|you] (with|on|about) {topics} {confirm=yes}",
    "i can [also] (code in|program in|write code in|speak|use) {topics} {confirm=yes}",
    f"i have [{_YEARS_EN}] experience (with|in|of|using) {{topics}} {{confirm=yes}}",
    "(i have|i've) [already|also|often] worked with {topics} {confirm=yes}",
    "my skills (are|include) {topics} {confirm=yes}",
    "my skills: {topics} {confirm=yes}",
    *(
        f"(i am|i'm) [now] [very|really|quite|pretty] ({said}) (in|at|with|on|of) {{topics}}"
        f" {{level={level}}} {{confirm=yes}}"
        for level, said in _BEING_EN.items()
    ),
    "(i am|i'm) [now] (a|an) {topics} (expert|specialist|guru) {level=expert} {confirm=yes}",
    *(f"(set|put|change) my {{topics}} level to ({said}) {{level={level}}}" for level, said in _RATED_EN.items()),
    *(f"my level (in|of|at) {{topics}} is [now] ({said}) {{level={level}}}" for level, said in _RATED_EN.items()),
    *(
        f"my {{topics}} [level] is [now] ({said}) {{level={level}}} {{confirm=yes}}"
        for level, said in _RATED_EN.items()
    ),
)
ADD_FR = (
    "(competences|competence|skills) (ajouter|ajoute|ajoutez) [:] {topics}",
    "(competences|competence|skills) : (ajouter|ajoute|ajoutez) [:] {topics}",
    "(competences|competence) (ajouter|ajoute)",
    "(ajouter|ajoute|ajoutez) [la|les|une|ma|mes|des] (competences|competence) [:] {topics}",
    "(ajouter|ajoute) [une] competence",
    f"{_PUT_FR} {{topics}} (a|dans|sur|parmi) {_MINE_FR}",
    *(
        f"{_PUT_FR} {{topics}} (a|dans|sur|parmi) {_MINE_FR} ({said}) {{level={level}}}"
        for level, said in _LEVELS_FR.items()
    ),
    "je (connais|maitrise|parle|sais utiliser|sais faire) [aussi] [tres] [bien] {topics} {confirm=yes}",
    "je parle [aussi] couramment [le|l'] {topics} {level=good} {confirm=yes}",
    "je parle [aussi] {topics} couramment {level=good} {confirm=yes}",
    "je m'y connais [tres] [bien|un peu] (en|sur|dans) {topics} {confirm=yes}",
    "j'ai [deja] appris {topics} {confirm=yes}",
    "j'ai [deja|aussi|souvent|beaucoup] travaille avec {topics} {confirm=yes}",
    "j'ai [une|de l'] [bonne|longue|solide|certaine] experience (en|avec|sur|de) {topics} {confirm=yes}",
    "j'ai (de l'experience|des annees d'experience) (en|avec|sur|de) {topics} {confirm=yes}",
    "je peux aider (en|sur|avec|pour) {topics} {confirm=yes}",
    "mes competences sont {topics} {confirm=yes}",
    "mes competences[:] : {topics} {confirm=yes}",
    "mes competences: {topics} {confirm=yes}",
    *(
        f"je suis [tres|assez|plutot] ({said}) [en|sur|avec|de] {{topics}} {{level={level}}} {{confirm=yes}}"
        if level == "expert"
        else f"je suis [tres|assez|plutot] ({said}) (en|sur|avec|de) {{topics}} {{level={level}}} {{confirm=yes}}"
        for level, said in _BEING_FR.items()
    ),
    *(
        f"mon niveau (en|de|sur) {{topics}} est [maintenant] ({said}) {{level={level}}}"
        for level, said in _RATED_FR.items()
    ),
)
LEARN_EN = (
    "(skills|skill) (learn|want|wish) [to learn] [:] {topics}",
    "(skills|skill) (learn|want|wish)",
    "(i want|i wish|i would like|i'd like|i would love|i'd love|i need) to learn [more] [about] {topics}",
    (
        "(i want|i wish|i would like|i'd like|i would love|i'd love|i need) to (improve|get better at|improve at"
        "|be better at|get into|brush up on|brush up|practise|practice) [my] {topics}"
    ),
    "(i am|i'm|i am currently|i'm currently|i have started|i've started|i started) learning {topics} {confirm=yes}",
    "learn {topics}",
)
LEARN_FR = (
    "(competences|competence|skills) (apprendre|apprends) [:] {topics}",
    "(competences|competence) apprendre",
    "(je veux|je voudrais|j'aimerais|je souhaite) [bien|vraiment|beaucoup] apprendre [a] {topics}",
    (
        "(je veux|je voudrais|j'aimerais|je souhaite) [bien|vraiment|beaucoup] (progresser|m'ameliorer|me perfectionner"
        "|monter en competence|monter en competences) (en|sur|dans|a) {topics}"
    ),
    "[je veux|je voudrais|j'aimerais|je souhaite] [bien|vraiment|beaucoup] me former (a|en|sur) {topics}",
    "je me forme (a|en|sur) {topics}",
    "(j'ai envie d'apprendre|j'apprends) {topics}",
    "apprendre {topics}",
)
REMOVE_EN = (
    "(skills|skill) (remove|delete|drop) [:] {topics}",
    "(skills|skill) (remove|delete|drop)",
    "(remove|delete|drop) [the|my] (skills|skill) [:] {topics}",
    "(remove|delete|drop|take) {topics} (off|out of|from) (my skills|my profile)",
    "i no longer (know|use|speak|master|do|practise|practice) {topics} {confirm=yes}",
    "i (don't|do not) (know|use|speak|master|do) {topics} (anymore|any more|any longer) {confirm=yes}",
)
REMOVE_FR = (
    "(competences|competence|skills) (retirer|retire|enlever|enleve|supprimer|supprime) [:] {topics}",
    "(competences|competence) (retirer|enlever|supprimer)",
    "(retirer|retire|enlever|enleve|supprimer|supprime) [la|les|ma|mes] (competences|competence) [:] {topics}",
    "(retirer|retire|enlever|enleve|supprimer|supprime) {topics} de (mes competences|mon profil)",
    "retirer {topics}",
    "je (ne connais plus|ne maitrise plus|ne parle plus|n'utilise plus|ne sais plus utiliser) {topics} {confirm=yes}",
    "je ne (fais|pratique) plus (de|du|d'|de la) {topics} {confirm=yes}",
)
