"""The shape of the demo story's world: what each community's file tells."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Group:
    """A space: name, German short name, where, how many, and how far we have come."""

    name: str
    short: str
    platform: str
    members: int
    state: str = "found"
    women: bool = False
    about: str = ""
    rules: str = ""
    kind: str = "group"
    place: str = ""
    # Which people of the community's list lead it, by position.
    led_by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who leads groups: name, handle, and how they are reached ("mail", "telegram", ...)."""

    name: str
    handle: str
    by: str = "messenger"
    standing: str = "unknown"
    # How the name is read by those who do not read its script.
    reading: str = ""


@dataclass(frozen=True)
class Said:
    """A statement: topic 1 to 7, words, German gist, kind, whether it concerns women especially."""

    topic: int
    text: str
    gist: str = ""
    kind: str = "note"
    women: bool = False
    # What follows: a task of ours or a promise of theirs, in German, and in how many days.
    task: str = ""
    days: int = 7


@dataclass(frozen=True)
class World:
    """One community with everything the story tells of it."""

    language: str
    name: str
    countries: tuple[str, ...]
    platforms: tuple[str, ...]
    title: str
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    said: tuple[Said, ...]
    # What the minutes say at the top: in German, and in the community's language.
    summary: str
    summary_there: str
    contacts: tuple[str, ...] = field(default=())
