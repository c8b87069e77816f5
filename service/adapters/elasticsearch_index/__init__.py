"""The search index on an Elasticsearch cluster."""

from service.adapters.elasticsearch_index.connection import Access, Cluster
from service.adapters.elasticsearch_index.index import ElasticsearchIndex, IndexStatus

__all__ = ["Access", "Cluster", "ElasticsearchIndex", "IndexStatus"]
