"""What `typing`, `functools` and `contextlib` have, without their imports, which take longer than a command does.

    class Point(NamedTuple):
        x: int
        y: int = 0

is what it is with typing's NamedTuple, a tuple whose items have names, and all records are made so. The others do what
those of the same names do: what `lsmod`, `modprobe -D` and `modinfo -F` need on their way takes them from here, which
tests/test_startup.py holds, and all other code from where they are at home.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]  # of which collections.namedtuple makes fields

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import contextmanager as contextmanager
    from contextlib import suppress as suppress
    from functools import cache as cache
    from functools import cached_property as cached_property
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
            namespace |= zip(fields, _getters(len(fields)), strict=False)
            namespace |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
            return type(name, (_Methods,), namespace)

    _GETTERS: list[Any] = []

    def _getters(number: int) -> list[Any]:
        """Return what reads the first items of a tuple, and more: the same for all records."""
        while len(_GETTERS) < number:
            _GETTERS.append(_tuplegetter(len(_GETTERS), f"Field {len(_GETTERS)}"))
        return _GETTERS

    class _Methods(tuple):
        __slots__ = ()

        def __new__(cls, /, *values: Any, **named: Any) -> Any:
            if named or len(values) != len(cls._fields):
                values = cls._completed(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            """Return the values of all fields: the first by their places, others by names, the rest as they are by
            themselves.
            """
            fields, defaults = cls._fields, cls._field_defaults
            if not named and 0 < (missing := len(fields) - len(values)) <= len(defaults):
                return values + tuple(defaults.values())[-missing:]
            if len(values) > len(fields):
                raise TypeError(f"{cls.__name__} takes {len(fields)} values, got {len(values)}")
            rest = fields[len(values) :]
            if wrong := [field for field in named if field not in rest]:
                what = "several values for" if wrong[0] in fields else "an unexpected field"
                raise TypeError(f"{cls.__name__} got {what} {wrong[0]!r}")
            try:
                return *values, *[named[field] if field in named else defaults[field] for field in rest]
            except KeyError as missing:
                raise TypeError(f"{cls.__name__} has no value for {missing}") from None

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

    class NamedTuple(metaclass=_Record):
        """The base that is named; what is made of it has another one."""

    class cached_property:  # noqa: N801  # as the standard library has them, here and below
        """A property that is computed once: its value stands in the object under its name from then on."""

        def __init__(self, function: Callable[[Any], Any]) -> None:
            self._function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, _owner: type, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, _owner: type | None = None) -> Any:
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._function(instance)
            return value

    def cache(function: Callable[..., Any]) -> Callable[..., Any]:
        """Remember what a function returns, for as long as the process lives."""
        known: dict[tuple[Any, ...], Any] = {}

        def remembered(*values: Any) -> Any:
            if values not in known:
                known[values] = function(*values)
            return known[values]

        remembered.__doc__, remembered.__wrapped__, remembered.cache_clear = function.__doc__, function, known.clear
        return remembered

    class suppress:  # noqa: N801
        """A `with` that these exceptions end without being seen."""

        def __init__(self, *kinds: type[BaseException]) -> None:
            self._kinds = kinds

        def __enter__(self) -> None:
            pass

        def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
            return kind is not None and issubclass(kind, self._kinds)

    class _Managed:
        """A generator that yields once as a `with`: what is raised inside is raised where it yields."""

        def __init__(self, generator: Any) -> None:
            self._generator = generator

        def __enter__(self) -> Any:
            return next(self._generator)

        def __exit__(self, kind: type[BaseException] | None, error: Any, trace: Any) -> bool:
            if kind is None:
                if next(self._generator, self) is self:
                    return False
                raise RuntimeError("generator didn't stop")
            try:
                self._generator.throw(error)
            except StopIteration as end:
                return end is not error
            except BaseException as raised:
                # A StopIteration comes out of a generator as the cause of a RuntimeError (PEP 479).
                if raised is not error and not (isinstance(error, StopIteration) and raised.__cause__ is error):
                    raise
                error.__traceback__ = trace
                return False
            raise RuntimeError("generator didn't stop after throw()")

    def contextmanager(function: Callable[..., Any]) -> Callable[..., Any]:
        """Make a `with` of a generator function that yields once."""

        def managed(*values: Any, **named: Any) -> Any:
            return _Managed(function(*values, **named))

        managed.__doc__, managed.__wrapped__ = function.__doc__, function
        return managed
