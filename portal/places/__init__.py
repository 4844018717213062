"""The places of Bangladesh, from division to union, by code and in both languages."""

from portal.places.place import Level, Place
from portal.places.places import Places

__all__ = ["Level", "Place", "Places"]
