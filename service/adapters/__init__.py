"""The ports' real ends: SQL store, search indexes, notifiers, the crawl process, the analyser process."""
