"""The clauses that adjectives head: "was ready to talk", "leaders keen to talk"."""

from __future__ import annotations

from legation.changing import replace
from legation.model import Clause
from legation.stages.clauses.arguments import pool_prepositions
from legation.stages.clauses.verbs import Verbs
from legation.tree import VERB_TAGS


def adjective_clause(verbs: Verbs, a: int) -> Clause:
    tree, tokens = verbs.tree, verbs.tokens
    up = tree.head(a)
    verb = (
        verbs.clause(up)
        if up is not None and tokens[up].tag in VERB_TAGS and tokens[a].dep in ("acomp", "oprd", "attr")
        else None
    )
    pool: dict[str, list[int]] = {}
    pool_prepositions(tree, a, pool)
    complements = [
        *tree.children(a, "xcomp", "ccomp"),
        *(c for p in tree.children(a, "prep") for c in tree.children(p, "pcomp")),
    ]
    complements = [h for c in complements for h in tree.conjuncts(c)]
    if verb is None:
        subject = (up,) if up is not None and tokens[a].dep in ("amod", "appos", "acl") else ()
        if tokens[a].dep == "conj" and up is not None and tokens[up].tag == "JJ":
            return replace(
                adjective_clause(verbs, up),
                head=a,
                lemma=tokens[a].lemma,
                complements=tuple(complements),
                obliques=tuple((p, tuple(h)) for p, h in pool.items()),
            )
        return Clause(
            verbs.sentence,
            a,
            tokens[a].lemma,
            "adjective",
            None,
            subject,
            (),
            (),
            tuple((p, tuple(h)) for p, h in pool.items()),
            tuple(complements),
        )
    return Clause(
        verbs.sentence,
        a,
        tokens[a].lemma,
        "adjective",
        None,
        verb.subject or verb.object,
        (),
        (),
        tuple((p, tuple(h)) for p, h in pool.items()),
        tuple(complements),
        False,
        verb.negated or tree.child(a, "neg") is not None,
        verb.modal,
        verb.tense,
        verb.aspect,
        verbs.headline,
    )
