"""What the rest of an article adds to its stated figures: the second, separate layer over the slots of the sentence.

`reading` cuts the article into what the rules look at; `regions`, `periods`, `speakers` and `bases` each answer for one
slot and say where they read it; `confidence` tells how sure a reading is. The slots of the sentence stay as they are.
"""
