"""kernel/user_namespace.c: Ids of users and groups in namespaces; the first one maps them to themselves."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

_INVALID = 0xFFFFFFFF
_NOBODY = 65534
"""The user and group that stand for those that cannot be told (DEFAULT_OVERFLOWUID)."""


@function(
    "uid_t from_kuid(struct user_namespace *ns, kuid_t kuid)", "gid_t from_kgid(struct user_namespace *ns, kgid_t kgid)"
)
def from_kuid(_guest: Guest, _namespace: int, number: int) -> int:
    """Return the number of a user or group itself: there is one user namespace."""
    return number


@function(
    "uid_t from_kuid_munged(struct user_namespace *ns, kuid_t kuid)",
    "gid_t from_kgid_munged(struct user_namespace *ns, kgid_t kgid)",
)
def from_kuid_munged(_guest: Guest, _namespace: int, number: int) -> int:
    """Return the number of a user or group itself, or that of nobody for an invalid one."""
    return _NOBODY if number & 0xFFFFFFFF == _INVALID else number


@function(
    "kuid_t make_kuid(struct user_namespace *ns, uid_t uid)", "kgid_t make_kgid(struct user_namespace *ns, gid_t gid)"
)
def make_kuid(_guest: Guest, _namespace: int, number: int) -> int:
    """Return the number itself: there is only the first user namespace, which maps ids to themselves."""
    return number
