"""lib/rbtree.c: Red-black trees.

A `struct rb_node` has its parent's address with its colour in bit 0 (1 is black); a `struct rb_root` is the address of
the topmost node. A node whose parent is itself is in no tree.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view

_RIGHT, _LEFT, _PARENT = "rb_right", "rb_left", "__rb_parent_color"
_BLACK = 1


class Tree:
    """The nodes of a tree in memory. `root` is the address of the rb_root, 0 where the tree is only walked."""

    def __init__(self, guest: Guest, root: int = 0) -> None:
        self.guest, self.root = guest, root

    def _get(self, node: int, field: str) -> int:
        value: int = getattr(view(self.guest, "rb_node", node), field)
        return value

    def _put(self, node: int, field: str, value: int) -> None:
        setattr(view(self.guest, "rb_node", node), field, value)

    def parent(self, node: int) -> int:
        """Return the address of a node's parent; 0 for the topmost."""
        return self._get(node, _PARENT) & ~3

    def black(self, node: int) -> bool:
        """Return whether a node is black; a missing one is."""
        return not node or bool(self._get(node, _PARENT) & _BLACK)

    def child(self, node: int, side: str) -> int:
        """Return a node's child on one side; 0 if there is none."""
        return self._get(node, side)

    def set(self, node: int, *, parent: int | None = None, black: bool | None = None) -> None:
        """Change a node's parent or its colour."""
        above = self.parent(node) if parent is None else parent
        colour = self.black(node) if black is None else black
        self._put(node, _PARENT, above | colour)

    def hang(self, node: int, parent: int, side: str) -> None:
        """Make a node (0: none) the child on that side."""
        self._put(parent, side, node)
        if node:
            self.set(node, parent=parent)

    def replace(self, old: int, new: int) -> None:
        """Put another node (0: none) where one was."""
        parent = self.parent(old)
        if not parent:
            self.guest.memory.put(self.root, new, 8)
        else:
            side = _LEFT if self.child(parent, _LEFT) == old else _RIGHT
            self._put(parent, side, new)
        if new:
            self.set(new, parent=parent)

    def rotate(self, node: int, side: str) -> int:
        """Rotate so that the child of the other side comes up; return its address."""
        other = _other(side)
        up = self.child(node, other)
        self.hang(self.child(up, side), node, other)
        self.replace(node, up)
        self.hang(node, up, side)
        return up

    def end(self, node: int, side: str) -> int:
        """Return the outermost node below a node on a side; the node itself if there is none."""
        while node and (below := self.child(node, side)):
            node = below
        return node

    def beside(self, node: int, side: str) -> int:
        """Return a node's neighbour in order; 0 if there is none, or if the node is in no tree."""
        if self._get(node, _PARENT) == node:
            return 0
        if below := self.child(node, side):
            return self.end(below, _other(side))
        while (parent := self.parent(node)) and node == self.child(parent, side):
            node = parent
        return parent

    def deepest(self, node: int) -> int:
        """Return the first leaf below a node, the left side first; the node itself if it is a leaf."""
        while below := self.child(node, _LEFT) or self.child(node, _RIGHT):
            node = below
        return node


def _other(side: str) -> str:
    return _LEFT if side == _RIGHT else _RIGHT


def _balance_inserted(tree: Tree, node: int) -> None:
    """Balance the tree after a red node was hung in."""
    while not tree.black(parent := tree.parent(node)):
        above = tree.parent(parent)
        side = _LEFT if tree.child(above, _LEFT) == parent else _RIGHT
        uncle = tree.child(above, _other(side))
        if not tree.black(uncle):
            tree.set(parent, black=True)
            tree.set(uncle, black=True)
            tree.set(above, black=False)
            node = above
            continue
        if tree.child(parent, _other(side)) == node:
            parent = tree.rotate(parent, side)
        tree.rotate(above, _other(side))
        tree.set(parent, black=True)
        tree.set(above, black=False)
        return
    if not parent:
        tree.set(node, black=True)


def _balance_erased(tree: Tree, parent: int, side: str) -> None:
    """Balance the tree after a black node has gone from one side of a parent."""
    while parent:
        node = tree.child(parent, side)
        if not tree.black(node):
            tree.set(node, black=True)
            return
        sibling = tree.child(parent, _other(side))
        if not tree.black(sibling):
            tree.rotate(parent, side)
            tree.set(sibling, black=True)
            tree.set(parent, black=False)
            sibling = tree.child(parent, _other(side))
        if tree.black(tree.child(sibling, _LEFT)) and tree.black(tree.child(sibling, _RIGHT)):
            tree.set(sibling, black=False)
            above = tree.parent(parent)
            if not tree.black(parent):
                tree.set(parent, black=True)
                return
            parent, side = above, _LEFT if above and tree.child(above, _LEFT) == parent else _RIGHT
            continue
        _rotate_sibling(tree, parent, side, sibling)
        return


def _rotate_sibling(tree: Tree, parent: int, side: str, sibling: int) -> None:
    """Balance a parent whose sibling node has a red child: the sibling, or that child, takes the parent's place and
    colour.
    """
    other = _other(side)
    if tree.black(tree.child(sibling, other)):
        near = tree.rotate(sibling, other)
        tree.set(near, black=True)
        tree.set(sibling, black=False)
        sibling = near
    tree.rotate(parent, side)
    tree.set(sibling, black=tree.black(parent))
    tree.set(parent, black=True)
    tree.set(tree.child(sibling, other), black=True)


@function("void rb_insert_color(struct rb_node *node, struct rb_root *root)")
def rb_insert_color(guest: Guest, node: int, root: int) -> None:
    """Balance a tree after the caller has hung a red node in."""
    _balance_inserted(Tree(guest, root), node)


@function("void rb_erase(struct rb_node *node, struct rb_root *root)")
def rb_erase(guest: Guest, node: int, root: int) -> None:
    """Take a node out of a tree and balance it; the node itself is left as it was."""
    tree = Tree(guest, root)
    left, right = tree.child(node, _LEFT), tree.child(node, _RIGHT)
    if not (left and right):
        _take_out(tree, node, left or right)
        return
    heir = tree.end(right, _LEFT)
    before = guest.memory.read(node, size_of(guest, "rb_node"))
    _take_out(tree, heir, tree.child(heir, _RIGHT))
    tree.replace(node, heir)
    tree.set(heir, black=tree.black(node))
    for side in (_LEFT, _RIGHT):
        tree.hang(tree.child(node, side), heir, side)
    guest.memory.write(node, before)


def _take_out(tree: Tree, node: int, child: int) -> None:
    """Take out a node that has at most one child, and balance the tree."""
    parent, black = tree.parent(node), tree.black(node)
    side = _LEFT if parent and tree.child(parent, _LEFT) == node else _RIGHT
    tree.replace(node, child)
    if black and child:
        tree.set(child, black=True)
    elif black:
        _balance_erased(tree, parent, side)


@function("struct rb_node *rb_first(const struct rb_root *root)")
def rb_first(guest: Guest, root: int) -> int:
    """Return the leftmost node; NULL for an empty tree."""
    return Tree(guest).end(guest.memory.u64(root), _LEFT)


@function("struct rb_node *rb_last(const struct rb_root *root)")
def rb_last(guest: Guest, root: int) -> int:
    """Return the rightmost node; NULL for an empty tree."""
    return Tree(guest).end(guest.memory.u64(root), _RIGHT)


@function("struct rb_node *rb_next(const struct rb_node *node)")
def rb_next(guest: Guest, node: int) -> int:
    """Return the node that follows in order; NULL if there is none."""
    return Tree(guest).beside(node, _RIGHT)


@function("struct rb_node *rb_prev(const struct rb_node *node)")
def rb_prev(guest: Guest, node: int) -> int:
    """Return the node before this one in order; NULL if there is none."""
    return Tree(guest).beside(node, _LEFT)


@function("struct rb_node *rb_first_postorder(const struct rb_root *root)")
def rb_first_postorder(guest: Guest, root: int) -> int:
    """Return the node at which a walk from the leaves upwards begins; NULL for an empty tree."""
    top = guest.memory.u64(root)
    return Tree(guest).deepest(top) if top else 0


@function("struct rb_node *rb_next_postorder(const struct rb_node *node)")
def rb_next_postorder(guest: Guest, node: int) -> int:
    """Return the next node of a walk from the leaves upwards; NULL at the end."""
    tree = Tree(guest)
    parent = tree.parent(node) if node else 0
    if parent and node == tree.child(parent, _LEFT) and tree.child(parent, _RIGHT):
        return tree.deepest(tree.child(parent, _RIGHT))
    return parent


@function("void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)")
def rb_replace_node(guest: Guest, old: int, new: int, root: int) -> None:
    """Put a node in the place of another one, with its colour and its children."""
    tree = Tree(guest, root)
    guest.memory.write(new, guest.memory.read(old, size_of(guest, "rb_node")))
    for side in (_LEFT, _RIGHT):
        tree.hang(tree.child(new, side), new, side)
    tree.replace(old, new)
