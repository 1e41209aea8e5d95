"""What `typing` has for types and for records, without its import, which takes as long as all else that a command does.

    class Point(NamedTuple):
        x: int
        y: int = 0

is what it is with typing's NamedTuple, a tuple whose items have names. Its constructor is made when it is first called,
because most records that a command could make it does not.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]  # of which collections.namedtuple makes fields

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
else:

    class Protocol:
        """A base class that says something to who checks types alone."""

    class _Record(type):
        """Makes a class that names NamedTuple as its base: a tuple with the annotated names as its fields."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"a field without a default follows one with a default in {name}")
            getters = {field: _tuplegetter(at, f"Field {at}") for at, field in enumerate(fields)}
            own = {"__slots__": (), "_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
            made = type(name, (_Methods,), namespace | getters | own)
            made.__new__ = _maker(made)
            return made

    class _Methods(tuple):
        __slots__ = ()

        @classmethod
        def _make(cls, values: Any) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {[*changes]!r}")
            return made

        __replace__ = _replace

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _maker(made: Any) -> Any:
        """What makes a first record, and has the next ones made by what collections.namedtuple would make."""

        def first(cls: Any, /, *values: Any, **named: Any) -> Any:
            fields = ", ".join(made._fields)
            code = f"lambda _cls, {fields}{',' * bool(fields)}: _new(_cls, ({fields}{',' * bool(fields)}))"
            function = eval(code, {"_new": tuple.__new__, "__name__": made.__module__})
            function.__defaults__ = tuple(made._field_defaults.values())
            function.__name__, function.__qualname__ = "__new__", f"{made.__qualname__}.__new__"
            made.__new__ = function
            return function(cls, *values, **named)

        return first

    class NamedTuple(metaclass=_Record):
        """The base that is named; what is made of it has another one."""
