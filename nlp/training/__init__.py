"""How the shipped models are made: `python -m nlp.training STAGE`, or `make train` for all of it.

Nothing here is imported when articles are analysed; torch and scikit-learn are needed only here.
"""
