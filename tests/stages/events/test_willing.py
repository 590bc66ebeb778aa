"""What may, will, must or will not be: promises and threats of a bare verb, conditions, habits, refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model

READ = [
    # a bare "will" to another in politics promises; harm held out threatens
    ("Japan will share its satellite pictures with Fiji, its foreign minister said.", "AGREE JPN>FJI"),
    ("Peru will retaliate against any raid, its defence minister said.", "THREATEN PER>"),
    ("Chile will respond in kind, its foreign minister said.", "THREATEN CHL>"),
    ("Somali pirates will pay a heavy price, the Kenyan president said.", "THREATEN KEN>SOM"),
    ("The plotters will be held accountable, the Ghanaian president said.", "THREATEN GHA>"),
    ("Peru said it would not hesitate to use force against Chile.", "THREATEN/violence PER>CHL"),
    # readiness is told as such, whatever it hangs on
    ("Kenya would be ready to hold talks with Somalia, its foreign minister said.", "AGREE KEN>SOM"),
    ("Kenya is not ready to hold talks with Somalia, its foreign minister said.", "REJECT/meet KEN>SOM"),
    ("Kenya has no intention of holding talks with Somalia.", "REJECT/meet KEN>SOM"),
    ("Kenya sees no reason for talks with Somalia.", "REJECT/meet KEN>SOM"),
    # the auxiliary before its subject is a condition
    ("Should Peru attack, Chile would bomb its ports.", "THREATEN/violence CHL>"),
    ("Kenya would have bombed Somalia.", "ASSAULT/explosives (hypothetical) KEN>SOM"),
    ("In the 1970s Chilean soldiers would beat prisoners.", "ASSAULT/beat (historical) CHL>CHL"),
    ("Kenya has yet to release the Somali fishermen.", "RETREAT/release (negated) KEN>SOM"),
    # what is to come
    ("Kenya is to expel two Somali diplomats.", "SANCTION/expel (future) KEN>SOM"),
    ("Kenya is going to expel two Somali diplomats.", "SANCTION/expel (future) KEN>SOM"),
    # what is asked
    ("There must be a ceasefire in Somalia, the Kenyan president said.", "REQUEST/change KEN>SOM"),
    ("Kenyan troops had to leave, Somalia's president said.", "REQUEST/yield SOM>KEN"),
    ("Chile needs to release the fishermen, Peru's foreign minister said.", "REQUEST/yield PER>CHL"),
    ("Two rapporteurs of the United Nations said Chile must release the fishermen.", "REQUEST/yield UNO>CHL"),
    # refusals in other dress
    ("Peru dismissed as absurd a Chilean offer.", "REJECT PER>CHL"),
    ("The Peruvian senate voted down a bill on Tuesday.", "REJECT/yield PER>"),
    ("Chile barred a Peruvian delegation from attending.", "COERCE/ban CHL>PER"),
    ("The Peruvian delegation walked out of the conference.", "REJECT/meet PER>"),
    ("Chile chose not to attend the talks with Peru.", "REJECT/meet CHL>PER"),
    ("Chile did not allow the Peruvian inspectors to return.", "REJECT CHL>PER"),
    # acts that come to an end by themselves were held
    ("Talks between Chile and Peru broke up on Friday.", "CONSULT CHL+PER>"),
]

NOT_READ = [
    ("The government will build 300 schools, its spokesman said.", "AGREE"),
    ("Analysts say the government should cut taxes.", "REQUEST"),
    ("Kenya's finance minister warned that prices would rise.", "THREATEN"),
    ("A Ukrainian general warned that Russian forces could attack Odesa.", "THREATEN"),
    ("Kenya should have released the fishermen, Somalia's president said.", "REQUEST"),
    ("Chile has not ruled out an embargo.", "REJECT"),
    ("Peruvian officials would neither confirm nor deny the arrests.", "REJECT"),
    ("The results should be known by midnight, the electoral commission said.", "REQUEST"),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_what_is_said_of_an_act_makes_its_type_and_status(told: Told, text: str, expected: str) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(("text", "event"), NOT_READ, ids=[text for text, _ in NOT_READ])
def test_what_only_sounds_so_is_none(told: Told, text: str, event: str) -> None:
    assert [line for line in told(text) if line.startswith(event)] == []
