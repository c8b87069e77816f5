"""The embedded search index: tantivy in a directory of its own, no server."""

from service.adapters.tantivy_index.index import TantivyIndex

__all__ = ["TantivyIndex"]
