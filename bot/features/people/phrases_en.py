"""How people ask in English who knows something: who is asked for, times what they may know or do."""

_SOMEBODY_WHO = (
    "((is there|are there|do we have|i am looking for|i'm looking for|i need|we need|looking for|find [me]|i am"
    " searching for|search for) (anyone|anybody|someone|somebody|people|a colleague|colleagues|a person) [here] [who"
    "|that])"
)
_SEEK = "(i am looking for|i'm looking for|looking for|i need|find [me]|is there|do we have|who is)"
_WHERE = "[here|around|around here|among us|in the house|(on|in) (the|our|my) (team|company|office)]"
_SEEK_FOR = (
    "i need|i'm after|i'd need|i would need|i need to find|we need|we need to find|i could use|we could use|i want to"
    " find|i am looking for|i'm looking for|we are looking for|we're looking for|looking for|search for|i am searching"
    " for|i'm searching for|searching for|i am trying to find|i'm trying to find|trying to find|find|find me|is there"
    "|are there|do we have|have we got|point me to|recommend|recommend me|suggest"
)
_ANYONE = f"(anyone|anybody|someone|somebody|a colleague|colleagues|a person|people) {_WHERE}"
_WHO = f"(who [else] {_WHERE} [really|actually|already]|[{_SEEK_FOR}] {_ANYONE} (who|that) [really|actually|already])"
_CAN = "(can|could|would|will|might|is able to|might be able to|would be able to|could be able to|may be able to)"
_SEEKING = (
    f"({_SEEK_FOR}|(can|could) (anyone|anybody|someone|somebody) point (me|us) to|we are in need of|i am in need of"
    "|i'm in need of|in need of)"
)
_SKILL = "(experience|skills|knowledge|expertise)"
_MUCH = "[any|some|good|strong|solid|deep|real|practical|hands-on|a lot of|lots of|previous|prior]"
_FIX = (
    "(understand|learn|fix|solve|debug|set up|install|configure|write|build|improve|optimise|optimize|tune|migrate"
    "|deploy|test|design|translate|get started with|make sense of|deal with|work with|find my way around)"
)
_LOOK = "(review|proofread|double-check|look at|look over|look into|have a look at|take a look at|go over)"
_MEET = "(ask|talk to|talk with|speak to|speak with|contact|turn to|see|go to|call|approach)"
_STUCK = "(,|.|;|:|!) (who can|who could|can anyone|can anybody|can someone|can somebody) help [me|us] [out]"

_SKILLED = (
    (
        "(knows|uses|speaks|masters|understands|teaches) [a lot about|best about|the most about|something about"
        "|anything about|about] {wanted}"
    ),
    "knows (their|his|her|the|his or her) way (around|round) {wanted}",
    "knows how to (use|write|read|configure|set up|do|run|make|build) {wanted}",
    f"{_CAN} (help|assist|support) [me|us|out] [out] (with|on|about|in) {{wanted}}",
    f"{_CAN} (give|lend) (me|us) a hand (with|on|in) {{wanted}}",
    f"{_CAN} help [me|us] [out] [to] {_FIX} [my|our|this|these] {{wanted}}",
    f"{_CAN} {_FIX} [my|our|this|these] {{wanted}}",
    f"{_CAN} (explain|teach|show) {{wanted}} to (me|us)",
    f"{_CAN} (explain|teach|show) [me|us] [my|our] {{wanted}}",
    f"{_CAN} (walk|talk|guide) (me|us) through [my|our|the] {{wanted}}",
    f"{_CAN} {_LOOK} [my|our|this|these] {{wanted}}",
    f"{_CAN} (advise|coach|train|teach|guide|mentor|brief|enlighten) (me|us) (on|in|about|with) {{wanted}}",
    f"{_CAN} (explain|teach|show) [to] [me|us] how to (use|write|read|configure|set up|do|run|make|build) {{wanted}}",
    f"{_CAN} answer (a question|questions|my question|my questions|some questions) (about|on|regarding) {{wanted}}",
    f"{_CAN} (code in|program in|translate into|translate from|speak) {{wanted}}",
    (
        "(is|would be) [very|really|quite|pretty|the] (good|great|brilliant|strong|best|knowledgeable|experienced"
        "|skilled|proficient|fluent|familiar|comfortable) (at|with|in|on|about) {wanted}"
    ),
    (
        "(is|would be) [the|our|your|a|an|my] [resident|in-house|local] (expert|specialist|authority|reference"
        "|champion|guru) (in|on|at|for|of|about) {wanted}"
    ),
    f"has {_MUCH} {_SKILL} (in|of|with|on|about) {{wanted}}",
    "has a [good|strong|solid] (background|degree|grasp|understanding|command|knowledge) (in|of) {wanted}",
    (
        "has (ever|already|recently) (used|learned|learnt|done|built|run|worked on|worked with|dealt with) [a|an]"
        " {wanted} [before|already]"
    ),
    "has worked (with|on) {wanted}",
    "has (done|built|run|used|worked on|worked with|dealt with) {wanted} (before|already)",
    "(codes|programs|develops|writes) in {wanted}",
    "is into {wanted}",
    "knows a thing or two about {wanted}",
    "knows a (bit|little) about {wanted}",
    "(deals with|takes care of|handles|looks after) {wanted}",
    "(might|would|may|could|should) know [something|anything|more|a lot] [about] {wanted}",
)
WHO_KNOWS = (
    *(f"{_WHO} {skilled}" for skilled in _SKILLED),
    "who knows [a lot about|best about|the most about|a lot|about] [both] {wanted}",
    "who knows how to use {wanted}",
    "who knows (anything|something|stuff) about {wanted}",
    "who (uses|speaks|masters|has used|has learned|has done|does) {wanted}",
    "who (has worked|worked|works a lot) with {wanted}",
    f"{_SOMEBODY_WHO} (knows|uses|speaks|masters|understands) [a lot] [about] {{wanted}}",
    f"{_SOMEBODY_WHO} (can|could) help [me|us] [out] (with|on|about) {{wanted}}",
    f"{_SOMEBODY_WHO} is [very|really] good (at|with|in) {{wanted}}",
    f"{_SOMEBODY_WHO} has [any|some] experience (in|with|of) {{wanted}}",
    f"{_SOMEBODY_WHO} with [some|good|strong] (experience|skills|knowledge) (in|with|of) {{wanted}}",
    (
        "[is|are] (anyone|anybody|someone|somebody) [here] [very|really] (good|great|experienced|skilled|familiar"
        "|fluent|proficient) (at|with|in) {wanted}"
    ),
    "any {wanted} (expert|experts|specialist|specialists) [here|around|in the house]",
    "any (expert|experts|specialist|specialists) (in|on|of) {wanted} [here|around]",
    "who is [very|really] (familiar|comfortable|fluent|skilled|proficient) (with|in|at) {wanted}",
    "who has [any|some|good|strong] (skills|knowledge) (in|of|with|about) {wanted}",
    "(has|does) (anyone|anybody|someone|somebody) [here] (used|worked with|use|speak|understand|master) {wanted}",
    "(can|could) (anyone|anybody|someone|somebody) [here] (help|teach) [me|us] [out] [with|on|about] {wanted}",
    "(if|whether) (anyone|anybody|someone|somebody) [here] knows [about] {wanted}",
    f"{_SEEK} [a|an|our|some] {{wanted}} (expert|experts|specialist|specialists)",
    f"{_SEEK} [an|our|some|the] (expert|experts|specialist|specialists) (in|on|at|for|of) {{wanted}}",
    "(who is|who's|who are) [the|our|your] {wanted} (expert|experts|specialist|guru|person)",
    "who are [the|our|your] (experts|specialists) (in|on|at|for|of) {wanted}",
    (
        "(who|whom) (can|could|should|do|may|shall|would) (i|we) (ask|talk to|speak to|speak with|contact|turn to|see"
        "|go to) (about|for|with|on|regarding) {wanted}"
    ),
    "who [can|could|would] [i] (ask|contact) (about|for|on) {wanted}",
    "who here knows [about] {wanted}",
    "who do (we|you) have that knows {wanted}",
    "who can help [me|us] [out] (with|on|about) {wanted}",
    "who could help [me|us] [out] (with|on|about) {wanted}",
    "who can i ask about {wanted}",
    "who should i ask about {wanted}",
    "who can explain {wanted}",
    "who (can|could|would) (teach|show) (me|us) {wanted}",
    "who (can|could) (explain|do) {wanted}",
    "who is [very|really] good (at|with|in) {wanted}",
    "who's [very|really] good (at|with|in) {wanted}",
    "who is [an|the|our] expert (in|on|at|for) {wanted}",
    "who is experienced (in|with) {wanted}",
    "who has [any|some] experience (in|with|of) {wanted}",
    "who understands {wanted}",
    "who masters {wanted}",
    "does (anyone|anybody|someone|somebody) [here] know [a lot about|anything about|something about|about] {wanted}",
    "(anyone|anybody|someone|somebody) [here] [who] (knows|know) [about] {wanted}",
    "i (need|could use|want) [some] help (with|on|in) {wanted}",
    "help [me|us] (with|on) {wanted}",
    "whoknows who knows [about] {wanted}",
    (
        f"{_SEEKING} {_ANYONE} (for|to help [me|us] [out] (with|on|in)|to {_LOOK} [my|our|this]|to explain [to me|me]"
        "|to teach (me|us)) {wanted}"
    ),
    f"[{_SEEKING}] {_ANYONE} with {_MUCH} {_SKILL} (in|of|with|on) {{wanted}}",
    f"[{_SEEKING}] {_ANYONE} with {_MUCH} {{wanted}} {_SKILL}",
    f"{_SEEKING} [a|an|our|some] {{wanted}} (expert|experts|specialist|specialists|guru|person)",
    f"{_SEEKING} [a|an|our|some|the] (expert|experts|specialist|specialists) (in|on|at|for|of) {{wanted}}",
    (
        f"(does|do|has|have) (anyone|anybody|someone|somebody|we) [here] (have|got|had) {_MUCH} {_SKILL} (in|of|with"
        "|on)"
        " {wanted}"
    ),
    (
        f"(does|do) {_ANYONE} (know|use|speak|understand|master) [a lot about|anything about|something about|about]"
        " {wanted}"
    ),
    f"(anyone|anybody|someone|somebody) {_WHERE} [who|that] (knows|know|uses|speaks|understands) [about] {{wanted}}",
    (
        f"(anyone|anybody|someone|somebody) {_WHERE} (good|great|experienced|skilled|familiar|fluent|proficient)"
        " (at|with|in) {wanted}"
    ),
    "(who|whom) (would|do|can|could) you (recommend|suggest) (for|to help with) {wanted}",
    f"is {_ANYONE} able to help [me|us] [out] (with|on|in) {{wanted}}",
    f"(can|could|would|will) {_ANYONE} (help|assist) [me|us] [out] (with|on|in) {{wanted}}",
    f"(can|could|would|will) {_ANYONE} (give|lend) (me|us) a hand (with|on|in) {{wanted}}",
    f"(can|could|would|will) {_ANYONE} {_LOOK} [my|our|this|these] {{wanted}}",
    (
        "(show [me]|list|find [me]|name|who are|give me [the] names of|give me [a|the] list of) [all] [the] (people"
        "|colleagues|everyone|everybody|anyone|those) (who|that) (know|knows|use|uses|speak|speaks|master|masters"
        "|understand|understands) [about] {wanted}"
    ),
    (
        "(which|what) [of (us|you|my colleagues|our colleagues)] [people|colleagues|coworkers|persons|engineers"
        "|developers] (know|knows|use|uses|speak|speaks|master|masters|understand|understands) [about] {wanted}"
    ),
    (
        "(who is|who's|who would be) [the|our|your|my] (go-to|right|best|person|contact) [person|contact] [to go to]"
        f" (for|on|to {_MEET} (about|for|on|regarding)) {{wanted}}"
    ),
    f"(who|whom) do (i|we) (need to|have to|want to) {_MEET} (about|for|on|regarding) {{wanted}}",
    f"(who|whom) (i|we) (can|could|should|might|may) {_MEET} (about|for|on|regarding) {{wanted}}",
    f"(who|whom) to {_MEET} (about|for|on|regarding) {{wanted}}",
    (
        "[i|we|i would|we would|i'd|we'd] (need|could use|could do with|want|would like) [some|a bit of] (help|a hand"
        "|assistance|advice|support) (with|on|in|about) {wanted}"
    ),
    "[i am|i'm|we are|we're] looking for [some] (help|a hand|assistance|advice|support) (with|on|in|about) {wanted}",
    "help (needed|wanted) (with|on) {wanted}",
    (
        "(i am|i'm|we are|we're) (stuck|struggling|lost|blocked|having trouble|having problems) (with|on|in)"
        f" {{wanted}}{_STUCK}"
    ),
    (
        "(i|we) have (a question|questions|some questions|a problem|problems|trouble) (about|on|with|regarding)"
        f" {{wanted}}{_STUCK}"
    ),
)
