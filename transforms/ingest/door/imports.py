"""Import a library without what it imports for uses that are not ours: that is imported where it is asked for."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until anything of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def left_for_later(*names: str) -> Iterator[None]:
    """Have what the block imports not load these modules, where they are not loaded yet.

    Whoever took one of them in holds a stand-in, which loads the module as soon as anything of it is used. Afterwards
    an import is an import again. Meanwhile nothing is looked through for garbage: of a library of a thousand classes
    that takes an eighth of its import.
    """
    stand_ins = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
