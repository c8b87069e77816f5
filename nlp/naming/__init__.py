"""How the Indonesian press names its sources: title, person, organisation, read from the words alone.

The grammar is small and prefers silence to a guess: a title phrase is a head ("Kepala") followed by known office
words, places and abbreviations; the name begins at the first word that is none of those. Every reading is bounded
by `words.REACH` words, so a hostile line costs time linear in its length.
"""
