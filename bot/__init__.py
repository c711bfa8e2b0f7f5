"""The core of Ristretto.

A message flows one way: an adapter reads it into a frozen `Request`, `Core.handle` routes it to one feature,
the feature records through `store` and phrases with `words`, and a frozen `Reply` goes back to be drawn.
"""
