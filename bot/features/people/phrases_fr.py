"""How people ask in French who knows something: who is asked for, times what they may know or do."""

_SOMEBODY_WHO = (
    "((y a-t-il|est-ce qu'il y a|il y a|a-t-on|avons-nous|je cherche|cherche|on cherche|il me faut|trouve-moi|j'ai"
    " besoin de|j'ai besoin d') [quelqu'un|une personne|des gens|un collegue|une collegue] qui)"
)
_SEEK = "(je cherche|on cherche|trouve-moi|y a-t-il|il me faut|avons-nous)"


_OU = (
    "[ici|chez nous|parmi nous|parmi vous|autour de nous|au bureau|dans (l'equipe|l'entreprise|la boite|la maison"
    "|notre equipe|mon equipe)]"
)
_CHERCHE = (
    "je cherche|je recherche|on cherche|on recherche|nous cherchons|nous recherchons|cherche|recherche|il me faut|il"
    " me faudrait|il nous faut|il nous faudrait|j'ai besoin de|j'aurais besoin de|on a besoin de|on aurait besoin de"
    "|nous avons besoin de|j'ai besoin d'|j'aurais besoin d'|je voudrais trouver|j'aimerais trouver|trouver|me trouver"
    "|trouve-moi|trouvez-moi|y a-t-il|y aurait-il|est-ce qu'il y a|est-ce qu'il y aurait|il y a|a-t-on|aurait-on"
    "|est-ce qu'on a|on a|on aurait|avons-nous|aurions-nous|connais-tu|connaissez-vous|tu connais|vous connaissez"
    "|recommander|me recommander|conseiller|me conseiller|recommande-moi|recommandez-moi|conseille-moi|conseillez-moi"
)
_PERSONNE = f"(quelqu'un|une personne|des gens|des personnes|un collegue|une collegue|des collegues) {_OU}"
_IDEE = "[une idee de|tu as une idee de|as-tu une idee de|avez-vous une idee de]"
_QUI = f"({_IDEE} qui [d'autre] {_OU} [vraiment]|[{_CHERCHE}] {_PERSONNE} qui [vraiment])"
_SOMEBODY = f"[est-ce que|est-ce qu'|si] quelqu'un {_OU}"
_FAIRE = (
    "(comprendre|apprendre|configurer|installer|corriger|debugger|deboguer|reparer|resoudre|ecrire|rediger|optimiser"
    "|ameliorer|accelerer|migrer|deployer|tester|concevoir|monter|mettre en place|demarrer avec|debuter en|utiliser"
    "|prendre en main|regler|traduire|lire|faire)"
)
_PEUT = (
    "(peut|pourrait|saurait|peuvent|pourraient|est capable de|serait capable de|est en mesure de|serait en mesure de"
    "|peut-il|pourrait-il)"
)
_RELIRE = (
    "(relire|verifier|corriger|regarder|jeter un oeil a|jeter un oeil sur|jeter un coup d'oeil a|jeter un œil a|jeter"
    " un œil sur|jeter un coup d'œil a)"
)
_CHERCHER = f"({_CHERCHE})"
_AIDE = "(d'aide|d'un coup de main|de conseils|d'un conseil|d'un avis|de soutien)"
_VERBE = (
    "(connait|connaitrait|connaissent|maitrise|maitriserait|maitrisent|comprend|comprennent|utilise|utilisent|parle"
    "|parlent|pratique|pratiquent|sait utiliser|saurait utiliser|savent utiliser)"
)
_BIEN = "[bien|tres bien|vraiment|le mieux|couramment|un peu|quelque chose a]"
_SUR = "(en|sur|avec|dans|de|a|a propos de|au sujet de|concernant)"

_SKILLED = (
    f"{_VERBE} {_BIEN} {{wanted}}",
    f"(s'y connait|s'y connaissent|s'y connaitrait) [bien|tres bien|le mieux|un peu|vraiment] {_SUR} {{wanted}}",
    f"{_PEUT} (m'aider|nous aider|aider) (avec|sur|en|pour|a|dans|a faire|a propos de|au sujet de) {{wanted}}",
    (
        f"{_PEUT} (me|nous) (donner un coup de main|filer un coup de main|preter main-forte|preter main forte)"
        " (sur|avec|pour|en|dans) {wanted}"
    ),
    f"{_PEUT} (m'aider|nous aider|aider) (a|avec) {_FAIRE} {{wanted}}",
    f"{_PEUT} {_RELIRE} {{wanted}}",
    f"{_PEUT} (me|nous) (conseiller|eclairer|renseigner|former|guider|depanner|parler) (sur|en|a|de|avec) {{wanted}}",
    (
        f"{_PEUT} [me|nous] repondre (a (une question|des questions|mes questions|ma question|nos questions)) (sur|a"
        " propos de) {wanted}"
    ),
    (
        f"{_PEUT} (m'apprendre|nous apprendre|m'expliquer|nous expliquer|me montrer|nous montrer|m'enseigner) (a"
        " utiliser|comment utiliser|a faire|comment faire|a me servir de|a ecrire|comment marche|comment fonctionne)"
        " {wanted}"
    ),
    f"{_PEUT} (me montrer|nous montrer) {{wanted}}",
    f"{_PEUT} traduire (en|de l'|du) {{wanted}}",
    (
        "(est|serait) [tres|plutot|vraiment|le|la|le plus|la plus] (bon|bonne|fort|forte|doue|douee|cale|calee"
        "|competent|competente|experimente|experimentee|meilleur|meilleure|a l'aise) (en|sur|avec|a|dans|pour) {wanted}"
    ),
    "se debrouille [bien|tres bien|un peu] (en|avec|sur|dans) {wanted}",
    (
        "a [deja] (de l'experience|une bonne experience|une grande experience|une expertise|une vraie expertise"
        "|l'habitude) (en|sur|avec|de|du|des|dans) {wanted}"
    ),
    "est (forme|formee|formes) (a|au|aux|en|sur) {wanted}",
    "(utilise|pratique|utilisent) {wanted} (au quotidien|tous les jours|souvent|regulierement)",
    f"sait [bien] {_FAIRE} {{wanted}}",
    "a (deja) (utilise|pratique|appris|fait|ecrit|travaille sur|travaille avec|mis en place) {wanted}",
    (
        "a (une formation|un diplome|des bases|des notions|de bonnes notions|de solides notions|de bonnes bases|une"
        " bonne connaissance|une bonne maitrise) (en|de|sur|du) {wanted}"
    ),
    "(code|programme|developpe|developpent|codent|programment|sait coder|sait programmer|sait developper) en {wanted}",
)
_SKILLED_IF_ASKED = (
    "(touche a|touche au|touche en|gere|traite) {wanted}",
    "a (travaille sur|travaille avec|utilise|pratique) {wanted}",
)
_TITRE = "(expert|experte|experts|expertes|specialiste|specialistes|referent|referente|referents|reference)"
_BLOQUE = (
    "(,|.|;|:|!) (qui peut m'aider|qui pourrait m'aider|qui peut nous aider|quelqu'un peut m'aider|qui peut repondre)"
)
WHO_KNOWS = (
    *(f"({_QUI}|{_SOMEBODY}) {skilled}" for skilled in _SKILLED),
    *(f"{_QUI} {skilled}" for skilled in _SKILLED_IF_ASKED),
    "qui connait [bien|tres bien|le mieux|un peu|quelque chose a] {wanted}",
    "qui (connaitrait|saurait utiliser|saurait faire|saurait) [bien] {wanted}",
    "qui (peut|pourrait) (me|nous) (renseigner|parler|conseiller|former|depanner) (sur|de|en|a) {wanted}",
    "qui a [des|de bonnes|de solides] (competences|connaissances|notions|bases) (en|sur|de) {wanted}",
    (
        "(connais-tu|connaissez-vous|tu connais|vous connaissez) quelqu'un qui (connait|maitrise|sait|utilise|parle"
        "|comprend) [bien] {wanted}"
    ),
    (
        "(connais-tu|connaissez-vous|tu connais|vous connaissez) (un|une|des) (expert|experte|experts|specialiste) (en"
        "|de|sur) {wanted}"
    ),
    "quelqu'un (peut|pourrait|saurait) (m'aider|nous aider|aider) (sur|avec|en|pour|a) {wanted}",
    "qui sait {wanted}",
    "qui (parle|utilise|pratique|a utilise|a appris|enseigne) [bien|deja] {wanted}",
    "qui a deja travaille (avec|sur) {wanted}",
    f"{_SOMEBODY_WHO} (connait|maitrise|sait|utilise|parle|comprend|sait utiliser|sait faire) [bien] {{wanted}}",
    f"{_SOMEBODY_WHO} (peut|pourrait|sait) (m'aider|nous aider|aider) (avec|sur|en|pour|a|a propos de) {{wanted}}",
    f"{_SOMEBODY_WHO} s'y connait [bien] (en|sur|dans) {{wanted}}",
    f"{_SOMEBODY_WHO} a de l'experience (en|sur|avec) {{wanted}}",
    (
        "[est-ce que|si] quelqu'un [ici] (sait utiliser|sait faire|utilise|parle|peut m'aider sur|peut m'aider avec"
        "|peut m'aider en) {wanted}"
    ),
    "[est-ce que|si] quelqu'un [ici] s'y connait [bien] (en|sur|dans) {wanted}",
    (f"{_SEEK} [un|une|des|les|l'|nos] (expert|experte|experts|specialiste|specialistes) (en|sur|de|du|d') {{wanted}}"),
    "qui sont [les|nos|vos] (experts|expertes|specialistes) (en|sur|de|du|d') {wanted}",
    (
        "(a qui|qui) (puis-je|je peux|peut-on|pourrais-je|dois-je) (m'adresser|demander|contacter|parler|demander de"
        " l'aide) (pour|sur|a propos de|au sujet de|en|de) {wanted}"
    ),
    "(a qui|vers qui) (m'adresser|demander|se tourner|me tourner) (pour|sur|a propos de|au sujet de|en) {wanted}",
    "qui contacter (pour|sur|a propos de|au sujet de) {wanted}",
    "qui sait [bien] (faire|utiliser|se servir de|coder en|programmer en|developper en) {wanted}",
    "qui s'y connait [bien|un peu] (en|sur|dans) {wanted}",
    "qui peut (m'aider|nous aider|aider) (avec|sur|en|pour|a propos de) {wanted}",
    "qui (peut|pourrait|saurait) (m'aider|nous aider|aider) (avec|sur|en|pour|a|dans|a faire|a propos de) {wanted}",
    (
        "qui (peut|pourrait|saurait) (m'expliquer|m'apprendre|m'enseigner|me former a|me former en|nous expliquer"
        "|expliquer) {wanted}"
    ),
    "qui peut m'expliquer {wanted}",
    "qui maitrise [bien] {wanted}",
    "qui est [tres] (bon|bonne|fort|forte|doue|douee|cale|calee) (en|sur|avec|a) {wanted}",
    "qui est [un|une|l'] (expert|experte) (en|sur|de|d') {wanted}",
    "qui a [deja|de] [l'experience|experience] (en|sur|avec|de) {wanted}",
    "qui comprend {wanted}",
    "[est-ce que|si] quelqu'un [ici] (connait|maitrise|sait) [bien] {wanted}",
    "a qui demander pour {wanted}",
    "j'ai besoin d'aide (en|sur|avec|pour) {wanted}",
    "whoknows qui connait [bien] {wanted}",
    (
        "[est-ce que|est-ce qu'] quelqu'un [ici] (aurait|a|aurait-il|a-t-il) [deja] (de l'experience|de bonnes"
        " connaissances) (en|sur|avec|dans) {wanted}"
    ),
    "quelqu'un [ici] (connait-il|connaitrait-il|maitrise-t-il|utilise-t-il|parle-t-il) [bien] {wanted}",
    "quelqu'un [ici] avec de l'experience (en|sur|avec|dans) {wanted}",
    (
        f"{_CHERCHER} (quelqu'un|une personne|un collegue|une collegue) [ici] (pour (m'aider|nous aider) (sur|avec|en"
        f"|a)|pour (m'expliquer|nous expliquer|m'apprendre|m'enseigner)|pour {_RELIRE}|pour|sur|avec de l'experience"
        f" (en|sur|avec|dans)) {{wanted}}"
    ),
    (
        f"{_CHERCHER} [un|une|des|les|l'|nos] (expert|experte|experts|specialiste|specialistes|referent|referente)"
        " [en|sur|de|du|d'] {wanted} [ici|dans la salle|chez nous|parmi nous]"
    ),
    "quelqu'un de [tres|vraiment] (bon|fort|cale|competent|doue|a l'aise) (en|sur|avec|a) {wanted}",
    (
        "[il me faut|il me faudrait|il nous faut|il nous faudrait|je veux] (de l'aide|un coup de main|des conseils)"
        " (en|sur|avec|pour|a propos de) {wanted}"
    ),
    (
        "qui [me|nous] (conseilles-tu|conseillez-vous|recommandes-tu|recommandez-vous|suggeres-tu|suggerez-vous) (pour"
        "|sur|en) {wanted}"
    ),
    f"[j'ai|j'aurais|nous avons|on a|on aurait] besoin {_AIDE} (en|sur|avec|pour|a propos de) {{wanted}}",
    (
        "[je|on|nous] (cherche|recherche|cherchons|recherchons) (de l'aide|un coup de main|des conseils|un conseil)"
        " (en|sur|avec|pour|a propos de) {wanted}"
    ),
    (
        f"(qui est|c'est qui) [le|la|un|une|notre|votre|mon] {_TITRE} [en|sur|de|du|des|d'|pour] {{wanted}} [ici|chez"
        " nous]"
    ),
    "qui est (l'expert|l'experte) [en|sur|de|du|des|d'|pour] {wanted} [ici|chez nous]",
    f"qui sont [les|nos|vos] {_TITRE} [en|sur|de|du|des|d'|pour] {{wanted}}",
    (
        "(qui est|quelle est) la (bonne personne|personne a contacter|personne a voir|personne a qui demander|personne"
        " de reference) (pour|sur|en|a propos de) {wanted}"
    ),
    (
        "(a|vers|aupres de) qui [puis-je|je peux|peut-on|on peut|pourrais-je|dois-je|je dois|doit-on|faut-il|il faut"
        "|est-ce que je peux|est-ce que je dois] (demander|m'adresser|s'adresser|parler|ecrire|me renseigner|se"
        " renseigner|me tourner|se tourner|poser mes questions|poser une question) (pour|sur|de|du|en|a propos de|au"
        " sujet de) {wanted}"
    ),
    "qui [dois-je|puis-je|faut-il|je peux|je dois|peut-on] contacter (pour|sur|a propos de|au sujet de) {wanted}",
    (
        "(quels|quelles|lesquels de mes|lesquelles de mes|lesquels de nos|lesquels des) (collegues|personnes|gens)"
        f" {_VERBE} {_BIEN} {{wanted}}"
    ),
    (
        "(qui sont|montre-moi|montrez-moi|trouve-moi|trouvez-moi|liste|lister|listez|donne-moi le nom|donne-moi les"
        f" noms|donne-moi la liste) [les|des|de] (gens|personnes|collegues|quelqu'un) qui {_VERBE} {_BIEN} {{wanted}}"
    ),
    f"j'ai (une question|des questions|un probleme|un souci|des soucis) (sur|avec|a propos de) {{wanted}}{_BLOQUE}",
    f"(je galere|je bloque|je patauge|je seche|on galere|on bloque) (sur|avec) {{wanted}}{_BLOQUE}",
    f"(je suis|on est|nous sommes) (bloque|bloquee|bloques|coince|coincee|coinces) (sur|avec) {{wanted}}{_BLOQUE}",
)
