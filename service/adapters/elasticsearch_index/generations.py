"""The generations of the index: one is current, a rebuild makes the next one and swaps it in with one request.

<name>                      alias of the current generation; searches and changes go through it
<name>-<format>-<number>    a generation; without the alias it is being built, or a killed rebuild left it behind

While a rebuild runs, the current generation takes no changes: what arrives waits in the store and is put in afterwards.
The new generation says from time to time that it is still being built; where it does not, the next change or rebuild
clears it away and takes the block off.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from service.adapters.elasticsearch_index.connection import Cluster
from service.adapters.elasticsearch_index.documents import FORMAT, MAPPINGS, SETTINGS
from service.domain import terms
from service.errors import IndexBusy, IndexUnavailable

REBUILD = "Rebuild it with `pantau index --rebuild`; the articles are safe in the store."
_FORMAT = f"{FORMAT}.{terms.VERSION}"
_LEASE = 120.0
"""Seconds for which a generation counts as being built after it last said so."""
_SKEW = 20.0
"""Seconds by which the clocks of two machines may differ."""
_RENEWED_EVERY = 10.0
_TEMPLATE_PRIORITY = 500


@dataclass(frozen=True, slots=True)
class Generation:
    """One index of the cluster. `renewed` is when its builder last said that it is at work."""

    name: str
    number: int
    current: bool
    renewed: float

    @property
    def is_being_built(self) -> bool:
        """Whether a rebuild fills it now."""
        return not self.current and time.time() - self.renewed < _LEASE


class Generations:
    """The generations of the index of this name."""

    def __init__(self, cluster: Cluster, name: str, shards: int) -> None:
        self._cluster = cluster
        self._name = name
        self._shards = shards
        # Another installation's name may begin with ours.
        self._pattern = re.compile(rf"{re.escape(name)}-(\d+\.\d+)-(\d{{6}})")

    def current(self) -> str | None:
        """The name of the current generation; None while nothing was ever indexed."""
        held = self._held()
        if held is None:
            self._must_never_have_been()
            return None
        if held[1] != _FORMAT:
            raise IndexUnavailable(f"The search index {held[0]} is of another version. {REBUILD}")
        return held[0]

    def _held(self) -> re.Match[str] | None:
        """The generation that has the alias, None where nothing has it; IndexUnavailable where a stranger has."""
        holders = self._cluster.read(self._holders)
        if not holders:
            return None
        match = self._pattern.fullmatch(holders[0])
        if match is None or len(holders) > 1:
            raise IndexUnavailable(
                f"The name {self._name} in the search engine belongs to {', '.join(holders)}, which is no index of "
                f"Pantau. Take it away there, or choose another [search] index; then run `pantau index --rebuild`."
            )
        return match

    def _holders(self, client: Elasticsearch) -> list[str]:
        """The indices that searches of the name go to."""
        with suppress(NotFoundError):
            return sorted(client.indices.get_alias(name=self._name))
        return [self._name] if client.indices.exists(index=self._name) else []

    def _must_never_have_been(self) -> None:
        if any(not other.is_being_built for other in self.all()):
            raise IndexUnavailable(f"The search index {self._name} has lost its alias. {REBUILD}")

    def all(self) -> list[Generation]:
        """Every generation, the oldest first."""
        found = self._cluster.read(lambda client: client.indices.get(index=f"{self._name}-*"))
        generations = []
        for name, index in found.items():
            if match := self._pattern.fullmatch(name):
                renewed = index.get("mappings", {}).get("_meta", {}).get("renewed", 0.0)
                current = self._name in index.get("aliases", {})
                generations.append(Generation(name, int(match[2]), current, float(renewed)))
        return sorted(generations, key=lambda generation: generation.number)

    def ensure(self) -> None:
        """Make the first generation where there is none; IndexBusy while one is being built."""
        if self.current() is not None:
            return
        self._refuse_while_built(self.all())
        self._create(1, current=True)

    def free(self) -> None:
        """Take off the block that a killed rebuild left on the current generation, and clear away what it built.

        IndexBusy while a rebuild is at work.
        """
        generations = self.all()
        self._refuse_while_built(generations)
        for generation in generations:
            if generation.current:
                self._block(generation.name, blocked=False)
            else:
                self.drop(generation.name)

    def _refuse_while_built(self, generations: list[Generation]) -> None:
        if any(generation.is_being_built for generation in generations):
            raise IndexBusy(
                f"Another process rebuilds the search index {self._name}. "
                "What arrives meanwhile waits in the store and is put in afterwards. "
                "Where that process was killed, this ends by itself after two minutes."
            )

    @contextmanager
    def next(self) -> Iterator["Next"]:
        """The generation to fill, alone among all processes; it is cleared away unless it was swapped in."""
        self._held()
        generations = self.all()
        self._refuse_while_built(generations)
        number = max((generation.number for generation in generations), default=0) + 1
        name = self._create(number, current=False)
        building = Next(name, self._renew)
        former = [generation.name for generation in generations if generation.current]
        try:
            for other in former:
                self._block(other, blocked=True)
            yield building
        finally:
            if not building.is_swapped_in:
                # Where the cluster is away by now, the next change or rebuild does this.
                with suppress(IndexUnavailable):
                    self.drop(name)
                    for other in former:
                        self._block(other, blocked=False)

    def swap_in(self, building: "Next") -> None:
        """Let the alias lead to it and remove all other generations, in one request."""
        building.renew()
        removed = [generation.name for generation in self.all() if generation.name != building.name]
        actions: list[dict[str, Any]] = [{"add": {"index": building.name, "alias": self._name}}]
        actions += [{"remove_index": {"index": name}} for name in removed]
        try:
            self._cluster.write(lambda client: client.indices.update_aliases(actions=actions))
        except IndexUnavailable:
            # The answer may have been lost, or a repeated request met its own work.
            if self._cluster.read(self._holders) != [building.name]:
                raise
        building.is_swapped_in = True

    def drop(self, name: str) -> None:
        """Remove the generation; one that is not there is no error."""
        self._cluster.write(lambda client: client.indices.delete(index=name, ignore_unavailable=True))

    def _create(self, number: int, *, current: bool) -> str:
        name = f"{self._name}-{_FORMAT}-{number:06}"
        settings = {**SETTINGS, "number_of_shards": self._shards}
        pattern = f"{self._name}-{_FORMAT}-*"
        meta = {"renewed": 0.0 if current else time.time()}

        def create(client: Elasticsearch) -> None:
            client.indices.put_index_template(
                name=self._name,
                index_patterns=[pattern],
                template={"settings": settings, "mappings": dict(MAPPINGS)},
                priority=_TEMPLATE_PRIORITY,
            )
            try:
                client.indices.create(
                    index=name, mappings={"_meta": meta}, aliases={self._name: {}} if current else None
                )
            except ApiError as error:
                if error.error != "resource_already_exists_exception":
                    raise
                # Only one process can have made it; to be the first to put something in, that is all the same.
                if not current:
                    raise IndexBusy(f"Another process rebuilds the search index {self._name}.") from error

        self._cluster.write(create)
        return name

    def _renew(self, name: str) -> None:
        meta = {"renewed": time.time()}
        self._cluster.write(lambda client: client.indices.put_mapping(index=name, meta=meta))

    def _block(self, name: str, *, blocked: bool) -> None:
        """Let the generation take changes or not. What had begun before is done when a block is set."""

        def change(client: Elasticsearch) -> None:
            if blocked:
                client.indices.add_block(index=name, block="write")
            else:
                client.indices.put_settings(index=name, settings={"index.blocks.write": None})

        self._cluster.write(change)


class Next:
    """A generation that is being built by this process."""

    def __init__(self, name: str, renew: Callable[[str], None]) -> None:
        self.name = name
        self.is_swapped_in = False
        self._renew = renew
        self._renewed = time.monotonic()

    def keep_alive(self) -> None:
        """Say that it is still being built, where that was not said lately."""
        if time.monotonic() - self._renewed > _RENEWED_EVERY:
            self.renew()

    def renew(self) -> None:
        """Say that it is still being built; IndexUnavailable where others may have taken it for given up."""
        if time.monotonic() - self._renewed > _LEASE - _SKEW:
            raise IndexUnavailable(
                "The rebuild of the search index stood still for too long, and others may write again. Run it again."
            )
        self._renew(self.name)
        self._renewed = time.monotonic()
