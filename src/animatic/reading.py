"""Words → a reading: what a prompt names, with each colour, size, count and action at its noun."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from animatic.lexicon import Lexicon, Role, lexicon
from animatic.mentions import Mention, Reading
from animatic.phrases import READ, Word, find
from animatic.quoting import SIGNS, take_quote
from animatic.roles import introduce, sense_of
from animatic.sharing import bar, board, is_same, share_verbs, suits, without
from animatic.strangers import understood, unread, without_strangers

MOST = 12
"""No more individuals of one kind than this."""


def parse(prompt: str, negative: str = "", style: str = "", cast: Sequence[Role] = ()) -> Reading:
    """Read a prompt. `negative` takes away what it names; `style` counts as a style word.

    The prompt calls the `cast` by their names.
    """
    lex = introduce(lexicon(), cast) if cast else lexicon()
    quote = take_quote(prompt[:READ])
    phrases = without_strangers(find(quote.rest, lex))
    reading = replace(
        _Reader(lex).read(phrases.words),
        text=prompt[:READ],
        unread=tuple(p for p in unread(phrases) if not (quote.text and {*p.split()} <= SIGNS)),
        quote=quote.text,
        manner=quote.manner,
        share=understood(phrases),
    )
    for word in find(style.replace("_", " ").replace("-", " "), lex).words:
        if word.kind == "style":
            reading = replace(reading, style=word.name)
    return without(reading, find(negative, lex).words)


def with_absent(reading: Reading, cast: Sequence[Role]) -> Reading:
    """Those of a cast whom the prompt does not name are there all the same."""
    named = {mention.role for mention in reading.mentions}
    senses = [sense_of(role, lexicon()) for role in cast if role not in named]
    absent = [Mention(name=s.entry.name, look=s.adds.look, role=s.role) for s in senses]
    return replace(reading, mentions=(*reading.mentions, *absent))


ALSO = frozenset({"or", "nor", "和", "或", "及"})
"""A negation holds for what these join."""

ATTRIBUTES = frozenset({"colour", "size", "count"})
SINGLE = frozenset({"hour", "camera", "style", "framing", "pace"})
SHARED = frozenset({"fight", "dance", "swim", "fly", "float", "jump", "bounce"})
"""What one does with another."""

GIVEN = frozenset({"hand", "worn", "with"})
"""Relations that put a thing on who has it."""

UPRIGHT = 0.8
"""What lives and is narrower than this for its height stands as people do: penguins."""

RIDE_WITHIN = 4
"""So many words after riding comes what is ridden."""

PURSUED = {"after": "walk", "chase": "run"}
"""How one is after another."""

OBJECT_WITHIN = 2
CONSUMING = frozenset({"eat", "drink", "juggle"})
"""What one does with a thing in hand that is named right after."""

PORTABLE = 1.3
"""Metres: nobody holds what is taller."""

RIDING = frozenset({"ride", "drive", "sail", "row", "cycle", "fly"})
"""What one does to a vehicle or a horse that is named right after."""


class _Reader:
    """Walks over the words and hangs each on what it belongs to."""

    def __init__(self, lex: Lexicon) -> None:
        self._lex = lex
        self._mentions: list[Mention] = []
        self._settings: list[str] = []
        self._weather: dict[str, float] = {}
        self._single: dict[str, str] = {}
        self._colours: list[str] = []
        self._pending: dict[str, str] = {}
        self._tints: list[str] = []
        self._apart = False
        self._relation: str | None = None
        self._guest: int | None = None
        self._barred: set[tuple[str, str]] = set()
        self._before: tuple[str, ...] = ()
        self._holds: str | None = None
        self._listing = False
        self._not = -9
        self._acted = -9
        self._named = -9

    def read(self, words: Iterable[Word]) -> Reading:
        for word in words:
            if word.kind == "negation":
                self._not = word.end
            elif not self._is_negated(word):
                self._take(word)
        self._give_left_over()
        return self._sum_up()

    def _is_negated(self, word: Word) -> bool:
        """Subjects are only not taken up: the prompt may want another of their kind."""
        near = word.start - self._not <= 2
        if not near and not (self._listing and ALSO & {*word.lead}):
            self._listing = False
            return False
        if word.kind in ATTRIBUTES:
            self._not = word.end
            return near
        if word.kind != "subject":
            self._barred.add((word.kind, word.name))
        self._not, self._listing = -9, True
        return True

    def _take(self, word: Word) -> None:
        match word.kind:
            case "subject":
                self._subject(word)
            case "action":
                self._action(word)
            case kind if kind in ATTRIBUTES:
                self._attribute(word)
            case "part":
                self._part(word)
            case "relation":
                self._relate(word)
            case "setting":
                self._setting(word)
            case "weather":
                self._take_weather(word)
            case kind:
                self._single[kind] = word.name

    def _setting(self, word: Word) -> None:
        self._forget()
        self._settings.append(word.name)
        for name, strength in word.sense.adds.weather.items():
            self._weather.setdefault(name, strength)

    def _take_weather(self, word: Word) -> None:
        """Snowy mountains are covered with snow; it need not be snowing."""
        strength = word.sense.adds.strength
        if word.attributive and not word.han:
            strength = 0.0
        self._tints.clear()
        self._weather[word.name] = max(strength, self._weather.get(word.name, 0.0))

    def _forget(self) -> None:
        self._pending.clear()
        self._tints.clear()
        self._apart = False
        self._relation = None

    def _attribute(self, word: Word) -> None:
        if word.kind != "colour":
            self._apart = self._apart or bool(self._tints and word.kind == "count")
            self._pending[word.kind] = word.name
            return
        self._colours.append(word.name)
        worn = word.worn or word.start == self._named
        if worn and self._mentions and not word.followed:
            self._mentions[-1] = replace(self._mentions[-1], colour=word.name)
        else:
            self._tints.append(word.name)

    def _part(self, word: Word) -> None:
        """A dress gives its colour to its wearer; eyes keep it for themselves."""
        worn = self._lex.worn(word.name)
        if word.name == "face" and self._single.get("framing") == "close":
            self._single["framing"] = "face"
        if worn and word.attributive:
            return
        if worn and self._tints and self._mentions:
            self._mentions[-1] = replace(self._mentions[-1], colour=self._tints[0])
        self._forget()

    def _relate(self, word: Word) -> None:
        """English says it before the noun. Chinese after it: 猫在船上, or 船上的猫."""
        if not word.han:
            self._relation = word.name if self._mentions else None
        elif self._mentions and not word.lead:
            if "在" in self._before and len(self._mentions) > 1:
                self._host(len(self._mentions) - 2, word.name)
            else:
                self._holds = word.name

    def _host(self, guest: int, place: str) -> None:
        """The last one mentioned is where another one is."""
        if place == "below":
            self._hold("on")
            return
        host, it = self._mentions[-1], self._mentions[guest]
        if it.host is None and it.name != host.name:
            self._mentions[guest] = replace(it, place=place, host=host.name)
            self._guest = guest

    def _subject(self, word: Word) -> None:
        self._play_on(word)
        self._give_back(word)
        self._named = word.end
        adds = word.sense.adds
        default = adds.count or (3 if word.plural else 1)
        mention = Mention(
            name=word.name,
            count=self._count(default),
            colour=self._tints[0] if self._tints else adds.colour,
            size=self._pending.get("size"),
            action=self._pending.get("action"),
            apart="action" in self._pending and bool(self._mentions),
            role=word.sense.role,
            look=adds.look,
            does=adds.does,
            home=adds.home,
        )
        many = [*self._tints] if len(self._tints) > 1 and (self._apart or word.plural) else []
        relation, rides, holds = self._relation, self._rides(word), self._holds
        if relation in {"in", "with"} and self._lex.subject(word.name).worn:
            relation = "worn"
        known = len(self._mentions)
        self._forget()
        self._before, self._holds = word.lead, None
        for colour in (*many,) or (mention.colour,):
            share = max(1, mention.count // len(many)) if many else mention.count
            self._add(replace(mention, colour=colour, count=share))
        if known and len(self._mentions) == known + 1:
            if rides:
                self._mount()
            elif self._consumes(word) or (relation in GIVEN and self._has(relation)):
                self._hold("worn" if relation == "worn" else "hand")
            elif relation == "with" or self._fights(word):
                self._both()
            elif relation in PURSUED:
                self._pursue(PURSUED[relation])
            elif relation and relation not in GIVEN:
                self._host(self._holder_of(known - 1), relation)
            elif holds:
                self._hold(holds)

    def _consumes(self, word: Word) -> bool:
        """Whether the one before eats or drinks this one, and so has it in hand."""
        thing = self._lex.subject(word.name)
        near = word.start - self._acted <= OBJECT_WITHIN and thing.height <= PORTABLE
        return near and not thing.alive and self._mentions[-2].action in CONSUMING

    def _pursue(self, gait: str) -> None:
        """One after the other, both in the same gait."""
        self._host(len(self._mentions) - 2, "after")
        for k in (-2, -1):
            self._mentions[k] = replace(self._mentions[k], action=self._mentions[k].action or gait)

    def _holder_of(self, k: int) -> int:
        """Who has the k-th in hand or on, or it: where it is, its holder is."""
        it = self._mentions[k]
        names = [m.name for m in self._mentions[:k]]
        return names.index(it.host) if it.place in GIVEN and it.host in names else k

    def _has(self, relation: str) -> bool:
        """Whether the one before has the last one in hand, or on."""
        before = self._mentions[-2]
        name = before.host if before.host and before.place in GIVEN else before.name
        holder, thing = self._lex.subject(name), self._lex.subject(self._mentions[-1].name)
        small = thing.height <= PORTABLE and not thing.scenery and not thing.goes
        upright = holder.human or (holder.alive and holder.aspect < UPRIGHT)
        fits = holder.alive and bool(thing.worn) and relation == "worn"
        return (upright or fits) and small and not (thing.alive and relation == "with")

    def _hold(self, place: str) -> None:
        """The last one is where the one before is: named the other way round."""
        host, guest = self._mentions[-2:]
        name = host.host if host.host and host.place in GIVEN else host.name
        self._mentions[-1] = replace(guest, place=place, host=name)

    def _fights(self, word: Word) -> bool:
        return self._mentions[-2].action == "fight" and not word.lead

    def _both(self) -> None:
        """It takes two to fight or to go for a walk with: the other one does the same."""
        one, two = self._mentions[-2:]
        going = self._lex.action(one.action or "").going
        if two.action is None and (going or one.action in SHARED):
            self._mentions[-1] = replace(two, action=one.action)

    def _rides(self, word: Word) -> bool:
        """Whether the one before is said to ride, drive, fly this one."""
        if not self._mentions or word.lead not in {(), ("the",), ("his",), ("her",), ("their",)}:
            return False
        near = word.start - self._acted <= RIDE_WITHIN
        return near and self._mentions[-1].action in RIDING and self._mentions[-1].name != word.name

    def _play_on(self, word: Word) -> None:
        """Who plays a piano has it under the hands; a piano is no playmate."""
        if (
            self._lex.subject(word.name).alive
            or not self._mentions
            or word.lead not in {(), ("the",)}
        ):
            return
        player = self._mentions[-1]
        if "frolic" in {player.action, self._pending.get("action")}:
            self._pending.pop("action", None)
            self._mentions[-1] = replace(player, action="handle")

    def _give_back(self, word: Word) -> None:
        """A verb before a thing that cannot do it is that of who came before: juggling tomatoes."""
        action = self._pending.get("action")
        if action and self._mentions and not self._can(action, Mention(name=word.name)):
            del self._pending["action"]
            k = self._who_can(action, len(self._mentions) - 1)
            self._mentions[k] = replace(
                self._mentions[k], action=self._mentions[k].action or action
            )

    def _mount(self) -> None:
        """A rider: drawn in the vehicle, or sitting on the animal."""
        rider, mount = self._mentions[-2:]
        traits = self._lex.subject(mount.name)
        if traits.crew and self._lex.subject(rider.name).human:
            look = mount.look or rider.look or rider.name
            self._mentions[-2:] = [replace(mount, look=look, count=max(rider.count, mount.count))]
        elif traits.goes:
            self._mentions[-2:] = [replace(rider, action="sit"), replace(mount, look="empty")]
            self._host(len(self._mentions) - 2, "on")
        elif traits.alive:
            self._mentions[-2] = replace(rider, action="ride")
            self._mentions[-1] = replace(mount, action=mount.action or "run")
            self._host(len(self._mentions) - 2, "on")
        else:
            self._mentions[-2] = replace(rider, action=None)
            if mount.name in self._lex.boards():
                self._host(len(self._mentions) - 2, "on")

    def _count(self, default: int) -> int:
        named = self._pending.get("count")
        if named is None or named == "1":
            return default
        return max(1, min(MOST, int(named)))

    def _add(self, mention: Mention) -> None:
        """One spoken of again ("the dog …") is the same one, and may now be doing something."""
        for k, other in enumerate(self._mentions):
            if is_same(other, mention):
                self._mentions[k] = replace(other, action=other.action or mention.action)
                return
        self._guest = None
        self._mentions.append(mention)

    def _action(self, word: Word) -> None:
        """An action belongs to the noun before it, unless it stands before its noun itself."""
        self._acted = word.end
        if word.attributive or not self._mentions:
            self._pending["action"] = word.name
            return
        k = len(self._mentions) - 1
        if self._guest is not None:
            goes = self._lex.subject(self._mentions[k].name).goes
            if not (goes and self._lex.action(word.name).going):
                k = self._guest
        k = self._who_can(word.name, k)
        if self._mentions[k].action is None:
            self._mentions[k] = replace(self._mentions[k], action=word.name)

    def _who_can(self, action: str, last: int) -> int:
        """What only the living do, the last living one does: who holds the umbrella walks."""
        if self._can(action, self._mentions[last]):
            return last
        able = [k for k in range(last) if self._can(action, self._mentions[k])]
        return able[-1] if able else last

    def _can(self, action: str, mention: Mention) -> bool:
        return suits(self._lex, action, mention)

    def _give_left_over(self) -> None:
        if not self._mentions:
            return
        last = self._mentions[-1]
        if len(self._tints) == last.count > 1:
            each = [replace(last, count=1, colour=colour) for colour in self._tints]
            self._mentions[-1:] = each
            return
        self._mentions[-1] = replace(
            last,
            colour=last.colour or (self._tints[0] if self._tints else None),
            size=last.size or self._pending.get("size"),
            action=last.action or self._pending.get("action"),
        )

    def _sum_up(self) -> Reading:
        single: dict[str, Any] = {k: v for k, v in self._single.items() if k in SINGLE}
        mentions = reversed(list(share_verbs(self._mentions)))
        reading = Reading(
            mentions=tuple(board(list(mentions), self._lex)),
            settings=tuple(dict.fromkeys(self._settings)),
            weather=dict(self._weather),
            colours=tuple(self._colours),
            **single,
        )
        return bar(reading, self._barred)
