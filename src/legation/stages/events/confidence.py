"""How often an event coded on such evidence is right: the frame's own confidence, put right on labelled sentences.

A frame says how sure its reading is when it matches; whether it should have matched, and whether the operators over it
were read rightly, shows elsewhere: in how much was composed, in who was found to act, in the shape of the sentence.
`scripts/calibrate.py` fits the weights of these signs; docs/confidence.md shows how the result does on sentences that
were not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from legation.changing import replace
from legation.knowledge import calibration
from legation.model import EventMention, Sentence

_DIRECTED = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "COERCE", "AID", "ASSAULT"})
_DEEPEST = 6
_LEAST, _MOST = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Evidence:
    """The signs for and against an event, each from 0 up."""

    raw: float  # the frame's confidence, as the engine leaves it
    operators: int = 0  # over the frame
    bare: bool = False  # an operator over words in no frame
    noun: bool = False  # the act is named by a noun
    no_actor: bool = False  # nobody with a code acts
    no_recipient: bool = False  # nobody with a code is acted on, where the type wants somebody
    doubt: float = 0.0  # how unsure the least sure side is
    depth: int = 0  # how many steps below the sentence's root the act stands

    def signs(self) -> dict[str, float]:
        """By name, as the weights are."""
        return {
            "raw": log(max(self.raw, 0.01) / max(1.0 - self.raw, 0.01)),
            "operators": float(min(self.operators, 3)),
            "bare": float(self.bare),
            "noun": float(self.noun),
            "no_actor": float(self.no_actor),
            "no_recipient": float(self.no_recipient),
            "doubt": self.doubt,
            "depth": float(min(self.depth, _DEEPEST)),
        }


def evidence_of(mention: EventMention, sent: Sentence) -> Evidence:
    """What speaks for and against a mention, read off the mention and its sentence."""
    tokens = sent.tokens
    anchor = tokens[mention.anchor] if mention.anchor < len(tokens) else None
    depth, at = 0, anchor
    while at is not None and at.head != at.index and depth < _DEEPEST:
        depth, at = depth + 1, tokens[at.head]
    sides = (*mention.actors, *mention.recipients)
    return Evidence(
        raw=mention.confidence,
        operators=mention.rule.count("+"),
        bare=mention.rule.startswith(("bare-", "said-must")),
        noun=anchor is not None and anchor.tag.startswith("N"),
        no_actor=not any(a.code for a in mention.actors),
        no_recipient=mention.event in _DIRECTED and not any(r.code for r in mention.recipients),
        doubt=1.0 - min((a.confidence for a in sides), default=0.5),
        depth=depth,
    )


def with_confidence(mention: EventMention, sent: Sentence) -> EventMention:
    """The mention with the confidence that its evidence gives, in place of the frame's own."""
    return replace(mention, confidence=calibrated(evidence_of(mention, sent)))


def calibrated(evidence: Evidence) -> float:
    """How likely the event is right, from 0.02 to 0.98."""
    weights = calibration.weights()
    total = weights["base"] + sum(weights[name] * value for name, value in evidence.signs().items())
    return round(min(_MOST, max(_LEAST, 1.0 / (1.0 + exp(-total)))), 3)
