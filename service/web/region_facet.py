"""The counts of regions as a tree: each province with its kabupaten and kota."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.domain.query import Bucket


@dataclass(frozen=True, slots=True)
class Province:
    """A province's count, those of its parts, and whether the search asks for it or for one of them."""

    counted: Bucket
    parts: tuple[Bucket, ...]
    asked: bool


def by_province(buckets: Sequence[Bucket], chosen: Collection[str]) -> list[Province]:
    """The provinces and their parts in the order of the counts; an article counts for its province as well."""
    asked = {code[:2] for code in chosen}
    parts: dict[str, list[Bucket]] = {}
    for bucket in buckets:
        if len(bucket.value) > 2:
            parts.setdefault(bucket.value[:2], []).append(bucket)
    return [
        Province(bucket, tuple(parts.get(bucket.value, ())), bucket.value in asked)
        for bucket in buckets
        if len(bucket.value) == 2
    ]
