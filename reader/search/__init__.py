"""Search: the words of a query, typo repair over the vocabulary, ranking and match spans.

Knows the store, and nothing of screens. `engine.Engine` finds, `results` is what it answers, `spans.spans` says where a
text matches. Nothing is loaded here: the app shows its first frame without any of it.
"""
