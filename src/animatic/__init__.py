"""Draws the prompt as a moving storyboard: words → reading → scene → frames.

A library that knows nothing of servers and films. Its door is `animatic.frames`: `imagine` makes a
`Scene` of a prompt, `frames_of` gives the `Frames` of a scene.

Each seam inside is a plain value: `reading.parse(prompt, negative, style)` gives a `Reading`,
`scene.compose(reading, seed, aspect=…)` a `Scene` (JSON both ways; `revise` changes it by another
prompt, `Scene.continued` goes on from it), `film.Film(scene, width, height).frame(out, seconds)` a
frame. Only what draws imports skia.

How to add …

- **words**: a table in any `words/*.toml`: `[kind.name]` with `en`, `zh`, and `forms` for phrases
  that say more (`set = { colour = "orange" }`). Kinds: subject, setting, weather, hour, action,
  colour, size, count, camera, framing, pace, style, negation, ignored. English inflections and
  longest match in Chinese come for free.
- **a subject**: `[subject.fox]` in a `words/*.toml` (stands, height in metres, aspect, home, does,
  alive or scenery), and `def fox(pen: Pen, act: Act) -> None` in a file of `subjects/`, entered
  in its table `SUBJECTS`. Draw in the unit box: height 1, feet at the origin, y downwards, facing
  +x, in the thing's own colours; the pen puts the hour's light on them, the film the shadow and
  the rim.
  `act.phase` counts cycles of the action, `act.gait` is the pose (stand walk run sit sleep fly
  swim dance wave bloom eat play …), `act.gust(place)` the wind, `act.own(colour)` the prompt's
  colour. An animal on four legs is proportions in `rig/beasts.toml`, a `Coat` and a head of
  its own given to `rig.beasts.beast` (`act.place` says where it is: `afloat` shows a swimmer's back
  above open water). People of a trade are a table of `rig/outfits.toml`: colours, and hats,
  clothes and tools of `rig/hats.py`, `rig/wear.py`, `rig/held.py`.
- **a setting**: `[setting.lake]`, and a generator of parts in a file of `places/`, entered in
  its table `SETTINGS`. A `Layer(depth, paint)` is painted once and repeats sideways after
  `stage.period`; a `Live(depth, draw)` is drawn in every frame. Units: the frame's shorter side
  is 1; `stage.y(share)` is a share of its height, `stage.tall` how much larger things are drawn
  in an upright frame. `scenery/` has skies, hills, trees, rocks, water, buildings, rooms.
  A `Setting` may change the hour's `light`, and be `sheltered`: weather stays outside it.
- **weather**: `[weather.fog]`, and a `Weather` in a file of `weather/`, in its table `WEATHER`:
  what it does to light and wind, and what it draws in the `sky`, `behind` the actors, in `front`
  of them, or `inside` sheltered places.
- **an action**: `[action.roll]` with gait, tempo, travel, lift, and a `motion` from `motions.py`
  if the whole body moves.
- **an hour** in `light.HOURS`, **a camera move** in `camera.MOVES`, **a style** in
  `styles.STYLES`: each by the name that the lexicon gives it. A style is data; what it may ask for
  is in `rig/pen.py` (fills, ink), `halo.py` (about figures), `textures.py` (of layers) and
  `finish.py` (over frames).

A new file in `subjects/`, `places/`, `weather/` or `words/` is found by itself. Two entries of one
name are an error. Tests draw every entry.
"""
