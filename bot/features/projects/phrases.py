"""How people ask about projects: how they stand, when they begin and end, who does what."""

SHOW_EN = (
    "how [the] [project] {known} is (doing|going|coming along|progressing|getting on)",
    "(show|see) [me] [the] [project] {known}",
    "(an|the latest) update (on|about) [the] [project] {known}",
    "[the] {known} (status|state|news)",
    "what is (happening|going on|up) (on|with|in) [the] [project] {known}",
    "where [the] [project] {known} (is|stands) [at]",
    "where (does|do) [the] [project] {known} stand",
    "(what are|what is) the [latest] (news|updates) (on|of|from|about) [the] [project] {known}",
    "how (is|are) [the] [project] {known} (doing|going|coming along|progressing|getting on)",
    "how (is|are) things (on|with|in) [the] [project] {known}",
    "how is [the] [project] {known}",
    "[what is] [the] [current] (status|state|progress) of [the] [project] {known}",
    "(status|project) {known}",
    "where (is|are we with) [the] [project] {known} [at]",
    "[any|the|what is the|what's the] [latest] news (on|of|from|about) [the] [project] {known}",
    "what is new (on|with|in) [the] [project] {known}",
    "what's new (on|with|in) [the] [project] {known}",
    "(what|how) about [the] [project] {known}",
    "tell me about [the] [project] {known}",
    (
        "is [the] [project] {known} [still|really] (on track|late|delayed|blocked|stuck|at risk|on hold|paused|done"
        "|finished|over|going well|doing well|ok|okay|alive|live)"
    ),
    "what (is|are|has been) (blocking|holding up|slowing down) [the] [project] {known}",
    "what is [the] [project] {known} (blocked by|waiting for|blocked on)",
    "(what is|what's) (next|blocked|the next step) (for|on|in|with) [the] [project] {known}",
    "[are there] [any] (blockers|blocker|obstacles) (for|on|in) [the] [project] {known}",
    "where (do|are) we (stand|at) (on|with) [the] [project] {known}",
    "how far [along] (is|are we with) [the] [project] {known}",
    "(what is|what's) [the] [project] {known} [about]",
    "[what is|what's] the latest (on|from|with) [the] [project] {known}",
    "(brief|catch|fill) me [up|in] on [the] [project] {known}",
    "(give|send) me [a|an] [quick] (update|summary|overview|status) (on|of|about|for) [the] [project] {known}",
)
SHOW_FR = (
    "ou en (est|sont|est-on de|en est) [le] [projet] {known}",
    "comment ca (avance|va|se passe) (sur|avec|pour) [le] [projet] {known}",
    "ou en (sommes-nous|est-on|sont-ils|on est|est on) (de|avec|sur|du projet) [le] [projet] {known}",
    "quel est (l'|le) (etat|statut|avancement) (de|du projet|du) {known}",
    "quel est (l'|le) (etat|statut|avancement) d'{known}",
    "quel est l'(etat|avancement) (de|du projet) {known}",
    "quel est l'(etat|avancement) d'{known}",
    "(quoi de neuf|du neuf|du nouveau) (sur|pour|chez|avec) [le] [projet] {known}",
    "quelles sont les [dernieres] nouvelles (de|du projet|sur) {known}",
    "quelles sont les [dernieres] nouvelles d'{known}",
    "(montre|montre-moi|voir) [le] projet {known}",
    "(parle-moi|parlez-moi) du projet {known}",
    "ou en est-on (de|avec|sur) [le] [projet] {known}",
    "comment (va|avance|se passe|se porte) [le] [projet] {known}",
    "[l'] (etat|statut|avancement) (de|du projet) {known}",
    "[l'] (etat|statut|avancement) d'{known}",
    "(point|statut|projet) [sur] [le] [projet] {known}",
    "[des|les] nouvelles (de|du projet|sur) {known}",
    "[des|les] nouvelles d'{known}",
    "(et|quid de|qu'en est-il de) [le] [projet] {known}",
    "(quid|qu'en est-il) d'{known}",
    "quoi de neuf (sur|pour|dans) [le] [projet] {known}",
    "ou (on en est|en est-ce|nous en sommes) (sur|de|avec|pour) [le] [projet] {known}",
    "(parle-moi|parlez-moi) [un peu] (de|du projet) {known}",
    "(parle-moi|parlez-moi) [un peu] d'{known}",
    "(c'est quoi|qu'est-ce que c'est que|qu'est-ce que) [le] [projet] {known}",
    (
        "[le] [projet] {known} est-(il|elle) (en retard|bloque|bloquee|en pause|dans les temps|a risque|fini|finie"
        "|termine|terminee|en bonne voie|toujours en vie|a l'heure)"
    ),
    (
        "est-ce que [le] [projet] {known} (avance|avance bien|est en retard|est bloque|est en pause|est dans les temps"
        "|est a risque|est fini|est termine|est en bonne voie)"
    ),
    "est-ce qu'{known} (avance|avance bien|est en retard|est bloque|est en pause|est dans les temps|est termine)",
    "(qu'est-ce qui|qui) (bloque|coince|freine) [sur|dans|chez] [le] [projet] {known}",
    "(quelle est|c'est quoi) (la suite|la prochaine etape) (pour|de|du|sur) [le] [projet] {known}",
    "(quelle est|c'est quoi) (la suite|la prochaine etape) d'{known}",
    "(quels sont|y a-t-il) (les|des) (blocages|points bloquants) (sur|de|pour|du) [le] [projet] {known}",
    "(fais-moi|faites-moi|donne-moi|donnez-moi) (un|le) (point|resume) (sur|de|du) [le] [projet] {known}",
)

DATES_EN = (
    "when [the] [project] {known} (starts|begins|started|ends|finishes|is due|will start|will end|is over)",
    "when will [the] [project] {known} be (done|over|finished|ready|completed)",
    "(what is|when is) [the] (deadline|start|end|due date|start date|end date) (of|for) [the] [project] {known}",
    "(what is|when is) [the] {known} (deadline|start date|end date|due date)",
    "when (does|did|will|do) [the] [project] {known} (start|begin|end|finish|be over|be done)",
    "when (is|was) [the] [project] {known} (starting|ending|due|over|done|finished)",
    "when (has) [the] [project] {known} (started|begun|ended|finished)",
    "[what is the] (start|end|due) date of [the] [project] {known}",
    "deadline (of|for) [the] [project] {known}",
)
DATES_FR = (
    "quand (demarre|commence|debute|finit|se termine|s'acheve|prend fin) [le] [projet] {known}",
    "quand (demarrera|commencera|debutera|finira|se terminera) [le] [projet] {known}",
    "quand (a demarre|a commence|a debute|a fini|s'est termine) [le] [projet] {known}",
    "quand [le] [projet] {known} (demarrera|commencera|debutera|finira|se terminera)[-t-il]",
    "quand est-ce qu'{known} (demarre|commence|debute|finit|se termine|s'acheve|prend fin)",
    (
        "(c'est quand|quand est|a quand|c'est pour quand) [le|la] (debut|demarrage|fin|echeance|date"
        " limite) (de|du projet) {known}"
    ),
    "(c'est quand|quand est|a quand|c'est pour quand) [le|la] (debut|demarrage|fin|echeance|date limite) d'{known}",
    "(quelle est l'echeance|quelle est la date limite|echeance|date limite) (de|du projet) {known}",
    "(quelle est l'echeance|quelle est la date limite|echeance|date limite) d'{known}",
    "quand est-ce que [le] [projet] {known} (demarre|commence|debute|finit|se termine|s'acheve|prend fin)",
    "quand [le] [projet] {known} (demarre|commence|debute|finit|se termine|s'acheve)[-t-il]",
    "quand [le] [projet] {known} (a-t-il|va-t-il) (demarre|commence|demarrer|commencer|fini|finir|se terminer)",
    "a quelle date (demarre|commence|debute|finit|se termine|s'acheve) [le] [projet] {known}",
    "[quelle est la] date de (debut|demarrage|fin) (de|du projet) {known}",
    "[quelle est la] date de (debut|demarrage|fin) d'{known}",
)

OF_PERSON_EN = (
    (
        "what (is|are) {person} (working on|up to|busy with|doing these days|working on these days|working"
        " on now|working on at the moment)"
    ),
    "what {person} (is working on|works on|is up to)",
    "(what|which) projects (is|does|are) {person} (on|in|working on|work on|part of|involved in)",
    "(what are|list|show [me]) {person}'s projects",
    "{person}'s projects",
    "(what|which) projects (am|do) i (on|in|working on|work on)",
    "what i am working on",
    "what are my projects",
    "what's {person} working on",
    "what does {person} work on",
    "what is {person} doing [at the moment|now|right now|currently|this week]",
    "what has {person} been (doing|working on|up to)",
    "what (am|do) i (working|work) on",
    "(projects|updates) of {person}",
    "my projects",
)
OF_PERSON_FR = (
    "sur quoi (travaille|bosse) {person}",
    "sur (quel|quels) (projet|projets) (travaille|bosse|est) {person}",
    "(a quoi|a quels projets) travaille {person}",
    "que fait {person} [en ce moment|actuellement|ces temps-ci|ces jours-ci]",
    "[quels sont] [les] projets de {person}",
    "[quels sont] [les] projets d'{person}",
    "quels sont mes projets",
    "dans quels projets est {person}",
    "sur quoi {person} (travaille|bosse)[-t-il|-t-elle] [en ce moment|actuellement]",
    "{person} (travaille|bosse) sur quoi [en ce moment|actuellement]",
    "qu'est-ce que (fait|fabrique) {person} [en ce moment|actuellement]",
    "qu'est-ce que {person} (fait|fabrique) [en ce moment|actuellement]",
    "sur quoi est-ce que {person} travaille",
    "sur quoi (je travaille|est-ce que je travaille|travaille-je|travaillons-nous)",
    "(projets|nouvelles) de {person}",
    "projets d'{person}",
    "mes projets",
)

ALL_EN = (
    "[all] [the] projects",
    "(show|list) [me] [all] [the] projects",
    "(what|which) projects (are there|do we have)",
)
ALL_FR = (
    "[tous] [les] projets",
    "liste [des] projets",
    "quels sont les projets",
    "quels projets (y a-t-il|avons-nous)",
)

DATES_GIST_EN = "{known} (when|what date|which date|how long|how soon|deadline|due|due date|launch date)"
DATES_GIST_FR = "{known} (quand|quelle date|date|echeance|deadline|combien de temps|pour quand)"
MEMBERS_GIST_EN = (
    "{known} (who|whom|which people) (works?|working|worked|team|members?|leads?|leader|runs?|running|owns?|owner"
    "|manages?|manager|managing|charge|responsible|involved|behind|on|handles?|looks after|takes care)"
)
MEMBERS_GIST_FR = (
    "{known} (qui|quelles personnes|quelle equipe) (travaillent|travaille|bossent|bosse|equipe|pilote|gere|gerent"
    "|dirige|responsable|chef|cheffe|mene|occupe|occupent|charge|participe|participent|derriere)"
)
OF_PERSON_GIST_EN = "{person} (working|work|works|worked|projects?|busy|up to|currently|at the moment)"
OF_PERSON_GIST_FR = "{person} (travaille|bosse|projets?|occupe|occupee|en ce moment|actuellement)"
SHOW_GIST_EN = (
    "{known} (status|state|news|latest|progress|progressing|going|goes|doing|happening|happened|happens|stand|stands"
    "|on track|late|delayed|blocked|blocking|blockers?|stuck|next|updates?|up|new|behind|risk|advancing|summary"
    "|overview)"
)
SHOW_GIST_FR = (
    "{known} (statut|etat|nouvelles|nouveau|neuf|avance|avancent|avancement|passe|ou en|en est|point|retard|bloque"
    "|bloquent|blocages?|suite|etapes?|infos?|se porte|resume|actualites?)"
)
