"""Small cuts of a graph whose edges are people, between the set that counted them earlier and the one that does now.

A combination of published sums gives each set a factor. A person drops out of the result exactly where the factors
of both of their sets cancel, that is, where both ends of their edge lie on one side. So the people of whom a
combination of two publications says something are a cut of this graph, and fewer than k of them are a cut smaller
than k (Gusfield, "A graph theoretic approach to statistical data security", 1988, for tables of two dimensions).
"""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

V = TypeVar("V", bound=Hashable)
Capacities = dict[V, dict[V, int]]


def small_cuts(edges: Mapping[tuple[V, V], int], root: V, least: int) -> list[frozenset[V]]:
    """Return cuts of 1 to `least` - 1 people, each as its side without `root`; none exactly where there is no such cut.

    Where `root` is not connected, any member of the component takes its place.
    """
    graph, members = _contracted(edges, least)
    at_root = next((one for one, inside in members.items() if root in inside), None)
    found: list[frozenset[V]] = []
    for component in _components(graph):
        here = at_root if at_root in component else next(iter(component))
        safe = {here}
        for vertex in component - {here}:
            side = _side(graph, vertex, safe, least)
            if side is None:
                safe.add(vertex)
            else:
                found.append(frozenset().union(*(members[one] for one in side)))
    return found


def _contracted(edges: Mapping[tuple[V, V], int], least: int) -> tuple[Capacities[V], dict[V, set[V]]]:
    """Merge vertices between which there are `least` people: no smaller cut separates them."""
    members = {vertex: {vertex} for pair in edges for vertex in pair}
    stands_in = {vertex: vertex for vertex in members}
    while True:
        graph: Capacities[V] = {stands_in[vertex]: {} for vertex in members}
        for (one, other), people in edges.items():
            a, b = stands_in[one], stands_in[other]
            if a != b and people:
                graph[a][b] = graph[b][a] = graph[a].get(b, 0) + people
        heavy = [(a, b) for a, ends in graph.items() for b, people in ends.items() if people >= least]
        if not heavy:
            return graph, {one: members[one] for one in graph}
        for a, b in heavy:
            keep, gone = stands_in[a], stands_in[b]
            if keep == gone:
                continue
            if len(members[keep]) < len(members[gone]):
                keep, gone = gone, keep
            members[keep] |= members[gone]
            for vertex in members[gone]:
                stands_in[vertex] = keep


def _components(graph: Capacities[V]) -> Iterable[set[V]]:
    waiting = set(graph)
    while waiting:
        found = {waiting.pop()}
        border = deque(found)
        while border:
            new = set(graph[border.popleft()]) - found
            found |= new
            border.extend(new)
        waiting -= found
        yield found


def _side(graph: Capacities[V], start: V, safe: set[V], least: int) -> set[V] | None:
    """Return the side of `start` in a cut from `safe` that is smaller than `least`, or None."""
    used: dict[tuple[V, V], int] = {}
    flow = 0
    while flow < least:
        came_from, end = _search(graph, start, safe, used)
        if end is None:
            return set(came_from)
        path = [end]
        while path[-1] != start:
            path.append(came_from[path[-1]])
        steps = list(zip(path[1:], path, strict=False))
        room = min(graph[a][b] - used.get((a, b), 0) for a, b in steps)
        for a, b in steps:
            used[a, b] = used.get((a, b), 0) + room
            used[b, a] = used.get((b, a), 0) - room
        flow += room
    return None


def _search(
    graph: Capacities[V], start: V, safe: set[V], used: Mapping[tuple[V, V], int]
) -> tuple[dict[V, V], V | None]:
    came_from = {start: start}
    border = deque([start])
    while border:
        here = border.popleft()
        for there, people in graph[here].items():
            if there not in came_from and people > used.get((here, there), 0):
                came_from[there] = here
                if there in safe:
                    return came_from, there
                border.append(there)
    return came_from, None
