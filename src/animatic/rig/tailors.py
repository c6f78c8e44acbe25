"""How people of a trade are dressed: each turns an act and a plain dress into theirs."""

from collections.abc import Callable
from dataclasses import replace

from animatic.colour import Colour
from animatic.ease import Point
from animatic.rig import hats, held, wear
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress
from animatic.rig.tools import football, sword
from animatic.rig.wardrobe import SILVER, spectacles

Tailor = Callable[[Act, Dress], Dress]
BLACK, WHITE = 0x2E2C38, 0xF7F7FA


def _suit(d: Dress, colour: Colour, *, legs: Colour | None = None) -> Dress:
    """Long sleeves and trousers, whoever it is."""
    return replace(d, shirt=colour, sleeves=colour, trousers=legs or colour, skirt=False)


def astronaut(act: Act, d: Dress) -> Dress:
    """White suit, pack, golden visor."""
    white = act.own(0xEEF1F6)
    return replace(
        _suit(d, white),
        bulk=1.45,
        gloves=0xC4CCD8,
        shoes=0xAAB4C4,
        long_hair=False,
        masked=True,
        behind=wear.life_pack,
        over=wear.both(wear.stripes(0xE8843A, rows=1), wear.belt(0xAAB4C4)),
        hat=hats.space_helmet,
    )


def chef(act: Act, d: Dress) -> Dress:
    """White jacket and tall hat."""
    over = wear.both(wear.buttons(0x3A3E4A, two=True), wear.apron(0xE4E7EE, bib=False))
    scarf = wear.kerchief(act.own(0xD8453E))
    return replace(
        _suit(d, WHITE, legs=0x4A5060), hat=hats.toque, over=wear.both(over, scarf), long_hair=False
    )


def doctor(act: Act, d: Dress) -> Dress:
    """White coat, stethoscope, notes."""
    blue = replace(_suit(d, 0x8FC0DC, legs=0x3B4A6B), sleeves=WHITE)
    over = wear.both(wear.coat(WHITE, lapel=0xC4CCD8), wear.stethoscope)
    return replace(blue, over=over, held=held.clipboard, hat=_spectacles)


def _spectacles(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    spectacles(pen, b)


def nurse(act: Act, d: Dress) -> Dress:
    """Mint dress, white apron, cap with a cross."""
    mint = act.own(0x6FBFB4)
    return replace(
        d,
        shirt=mint,
        skirt=act.look != "man",
        hat=hats.nurse_cap,
        over=wear.apron(WHITE),
        held=held.clipboard,
        shoes=WHITE,
    )


def scientist(act: Act, d: Dress) -> Dress:
    """Lab coat, goggles, a bubbling flask."""
    return replace(
        doctor(act, d), over=wear.coat(WHITE, lapel=0xC4CCD8), held=held.flask, carries=True
    )


def farmer(act: Act, d: Dress) -> Dress:
    """Straw hat, dungarees, hay fork."""
    return replace(
        _suit(d, act.own(0xC8504A), legs=0x3F6290),
        shoes=0x5A4030,
        hat=hats.brimmed_hat(0xE8C36A, 0xB8503E),
        over=wear.bib_overalls(0x3F6290),
        held=held.fork,
        carries=True,
    )


def gardener(act: Act, d: Dress) -> Dress:
    """Sun hat and green apron."""
    straw = hats.brimmed_hat(0xF0DCA0, 0x6FAE6A)
    return replace(d, hat=straw, over=wear.apron(0x4E9A5E), held=held.bouquet, shoes=0x3E7A4A)


def firefighter(act: Act, d: Dress) -> Dress:
    """Heavy coat with bright bands, helmet, a hose that sprays."""
    coat = _suit(d, 0xC89A4A, legs=0x7A6038)
    return replace(
        coat,
        bulk=1.15,
        shoes=BLACK,
        gloves=BLACK,
        hat=hats.hard_hat(act.own(0xD8343A)),
        over=wear.stripes(0xEFFF7A, rows=2),
        behind=wear.tank,
        held=held.hose,
    )


def police(act: Act, d: Dress) -> Dress:
    """Blue uniform, cap, badge."""
    navy = act.own(0x2F4678)
    return replace(
        _suit(d, navy, legs=0x26304E),
        hat=hats.peak_cap(navy, wear.GOLD),
        long_hair=False,
        over=wear.both(wear.badge(wear.GOLD), wear.belt(BLACK, wear.GOLD)),
    )


def soldier(act: Act, d: Dress) -> Dress:
    """Green uniform and helmet, pack."""
    green = act.own(0x6A7A4A)
    return replace(
        _suit(d, green),
        hat=hats.hard_hat(0x5A6A3E),
        behind=wear.quiver(0x5A6040),
        over=wear.belt(0x4A3A2A, wear.GOLD),
        long_hair=False,
    )


def teacher(act: Act, d: Dress) -> Dress:
    """Cardigan, glasses, book."""
    wool = act.own(0x4E8A7A)
    return replace(
        d,
        shirt=WHITE,
        sleeves=wool,
        skirt=False,
        over=wear.coat(wool, long=1.08),
        hat=_spectacles,
        held=held.pointer,
    )


def builder(act: Act, d: Dress) -> Dress:
    """Hard hat, bright vest, hammer."""
    vest = wear.both(wear.coat(0xF5853A, long=1.02), wear.stripes(0xF4F47A, rows=2))
    return replace(
        _suit(d, 0x5A7AA0, legs=0x3F4A66),
        hat=hats.hard_hat(act.own(0xF4C542)),
        over=vest,
        held=held.hammer,
        shoes=0x6A4A30,
    )


def painter(act: Act, d: Dress) -> Dress:
    """Beret and smock."""
    return replace(d, shirt=act.own(0xE9E2F2), sleeves=0xE9E2F2, skirt=False, hat=hats.beret)


def musician(act: Act, d: Dress) -> Dress:
    """Waistcoat and hat; the instrument comes with the playing."""
    hat = hats.brimmed_hat(BLACK, 0xC8503E, wide=1.3, tall=0.6)
    vest = wear.coat(act.own(0x7A3A5A), long=1.05)
    return replace(d, shirt=WHITE, sleeves=WHITE, skirt=False, hat=hat, over=vest)


def ballerina(act: Act, d: Dress) -> Dress:
    """Tutu, bun, satin shoes."""
    pink = act.own(0xF4A6C0)
    return replace(
        d,
        shirt=pink,
        trousers=d.skin,
        skirt=False,
        long_hair=False,
        over=wear.tutu,
        hat=hats.bun,
        shoes=pink,
    )


def pirate(act: Act, d: Dress) -> Dress:
    """Tricorne, eye patch, striped shirt, cutlass."""
    return replace(
        _suit(d, WHITE, legs=0x4A3A34),
        shoes=BLACK,
        beard=d.hair,
        hat=hats.tricorne,
        over=wear.both(
            wear.stripes(0xC8333A),
            wear.coat(act.own(0x7A2A34), long=1.3),
            wear.belt(BLACK, wear.GOLD),
        ),
        held=held.cutlass,
        carries=True,
        sleeves=act.own(0x7A2A34),
        long_hair=True,
    )


def knight(act: Act, d: Dress) -> Dress:
    """Armour, plume, sword and shield."""
    return replace(
        _suit(d, wear.STEEL),
        gloves=0x9AA4B4,
        shoes=0x8A94A4,
        bulk=1.15,
        over=wear.plates,
        masked=True,
        hat=hats.great_helm,
        held=sword,
        carries=True,
        other=held.shield,
        behind=wear.cape(act.own(0xC8333A), low=0.3),
        long_hair=False,
    )


def king(act: Act, d: Dress) -> Dress:
    """Crown, white beard, ermine and a robe."""
    robe = act.own(0xA8283A)
    return replace(
        d,
        shirt=robe,
        sleeves=robe,
        robe=True,
        beard=SILVER,
        hair=SILVER,
        hat=hats.crown(),
        over=wear.both(_ermine, wear.belt(wear.GOLD)),
        held=held.sceptre,
        carries=True,
        behind=wear.cape(0x6A2A7A),
        long_hair=False,
    )


def _ermine(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    x, y = b.neck
    collar = [(x - 0.12, y + 0.06), (x, y - 0.01), (x + 0.12, y + 0.06), (x, y + 0.13)]
    pen.blob(collar, 0xFFFFFF, shade=0.1)
    pen.specks([(x - 0.06, y + 0.06), (x, y + 0.09), (x + 0.06, y + 0.06)], 0.014, BLACK)


def queen(act: Act, d: Dress) -> Dress:
    """Crown and a long gown."""
    gown = act.own(0x7A3A9A)
    return replace(
        d,
        shirt=gown,
        sleeves=gown,
        robe=True,
        long_hair=True,
        hat=hats.crown(0.65),
        held=held.sceptre,
        carries=True,
        over=wear.both(_ermine, wear.belt(wear.GOLD)),
        beard=None,
    )


def princess(act: Act, d: Dress) -> Dress:
    """Tiara and a rose gown."""
    gown = act.own(0xF29AB8)
    return replace(
        d, shirt=gown, robe=True, long_hair=True, hat=hats.crown(0.4), over=wear.belt(0xFFE3EE)
    )


def prince(act: Act, d: Dress) -> Dress:
    """Blue tunic, cape, a slim crown."""
    tunic = _suit(d, act.own(0x3F6FB8), legs=WHITE)
    over = wear.both(wear.buttons(wear.GOLD, two=True), wear.belt(wear.GOLD))
    return replace(
        tunic, hat=hats.crown(0.45), over=over, behind=wear.cape(0xB8323A), long_hair=False
    )


def bride(act: Act, d: Dress) -> Dress:
    """White gown, veil, flowers."""
    return replace(
        d,
        shirt=0xFDFBF7,
        robe=True,
        long_hair=True,
        behind=wear.cape(0xFFFFFF, low=0.06),
        hat=hats.crown(0.3),
        held=held.bouquet,
    )


def wizard(act: Act, d: Dress) -> Dress:
    """Starry robe, pointed hat, long beard, glowing staff."""
    robe = act.own(0x3F4AA0)
    return replace(
        d,
        shirt=robe,
        sleeves=robe,
        robe=True,
        beard=0xEDEDF2,
        hair=0xEDEDF2,
        held=held.staff,
        carries=True,
        hat=hats.pointed_hat(robe, wear.GOLD),
        over=_stars,
        long_hair=True,
    )


def _stars(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    x, y = b.hip
    spots: list[Point] = [
        (x - 0.08, y + 0.2),
        (x + 0.05, y + 0.1),
        (x + 0.09, y + 0.3),
        (x - 0.03, y + 0.36),
    ]
    pen.specks(spots, 0.024, wear.GOLD)
    wear.belt(wear.GOLD)(pen, act, b, d)


def witch(act: Act, d: Dress) -> Dress:
    """Black gown, pointed hat, broom."""
    gown = act.own(0x43365E)
    return replace(
        d,
        shirt=gown,
        sleeves=gown,
        robe=True,
        long_hair=True,
        hair=0xC8642E,
        held=held.broom,
        hat=hats.pointed_hat(0x322A48, 0x8A5CC0, brim=1.9),
        over=wear.belt(0x8A5CC0, wear.GOLD),
    )


def samurai(act: Act, d: Dress) -> Dress:
    """Laced armour, horned helmet, katana."""
    return replace(
        _suit(d, act.own(0x3A3E5A), legs=0x34384E),
        bulk=1.12,
        over=wear.lamellae,
        hat=hats.kabuto,
        held=held.katana,
        carries=True,
        masked=True,
        long_hair=False,
    )


def ninja(act: Act, d: Dress) -> Dress:
    """All in black, a red band, katana."""
    dark = act.own(0x2E3044)
    return replace(
        _suit(d, dark),
        gloves=dark,
        shoes=dark,
        hat=hats.hood,
        masked=True,
        held=held.katana,
        carries=True,
        over=wear.belt(0xC8333A),
        long_hair=False,
    )


def cowboy(act: Act, d: Dress) -> Dress:
    """Wide hat, neckerchief, waistcoat."""
    over = wear.both(
        wear.coat(0x6A4A30, long=1.02), wear.belt(0x3A2A20, wear.GOLD), wear.kerchief(0xD8453E)
    )
    hat = hats.brimmed_hat(0x9A6A40, 0x4A2E20, wide=1.75, tall=1.0)
    return replace(_suit(d, act.own(0xD8C49A), legs=0x3F5A8A), hat=hat, over=over, shoes=0x5A3824)


def captain(act: Act, d: Dress) -> Dress:
    """Blue coat, white cap, beard."""
    coat = _suit(d, act.own(0x2E4470), legs=WHITE)
    return replace(
        coat,
        hat=hats.peak_cap(WHITE, wear.GOLD),
        over=wear.buttons(wear.GOLD, two=True),
        beard=SILVER,
        hair=SILVER,
        long_hair=False,
    )


def pilot(act: Act, d: Dress) -> Dress:
    """Dark uniform, cap, tie."""
    coat = _suit(d, act.own(0x2E3450), legs=0x262C44)
    return replace(
        coat,
        hat=hats.peak_cap(0x2E3450, wear.GOLD),
        over=wear.tie(BLACK),
        held=held.bag(0x4A3A34),
    )


def businessman(act: Act, d: Dress) -> Dress:
    """Suit, tie, briefcase."""
    coat = _suit(d, act.own(0x4A5470))
    return replace(coat, over=wear.tie(0xC8333A), held=held.bag(0x7A4A30), shoes=BLACK)


def fisherman(act: Act, d: Dress) -> Dress:
    """Yellow oilskins."""
    yellow = act.own(0xF2C23A)
    hat = hats.brimmed_hat(yellow, 0xC89A2A, wide=1.4, tall=0.6)
    return replace(_suit(d, yellow, legs=0x4A5A6A), hat=hat, beard=d.hair, shoes=0x3A4A3A)


def superhero(act: Act, d: Dress) -> Dress:
    """Tights and a streaming cape."""
    suit = _suit(d, act.own(0x3F62C0), legs=0x3F62C0)
    return replace(
        suit, shoes=0xD8343A, behind=wear.cape(0xD8343A, low=0.3), over=wear.emblem(wear.GOLD)
    )


def clown(act: Act, d: Dress) -> Dress:
    """Motley, red nose, orange hair."""
    motley = _suit(d, act.own(0xF4C542), legs=0x3F8FD0)
    dots = wear.both(wear.buttons(0xE8343A), wear.kerchief(0x5FC08A))
    return replace(
        motley, bulk=1.2, shoes=0xE8343A, over=dots, hat=hats.clown_face, gloves=WHITE, masked=True
    )


def santa(act: Act, d: Dress) -> Dress:
    """Red coat, white beard, a belly."""
    red = act.own(0xD8343A)
    return replace(
        _suit(d, red),
        bulk=1.35,
        beard=0xFFFFFF,
        hair=0xFFFFFF,
        hat=hats.santa_hat,
        shoes=BLACK,
        gloves=WHITE,
        over=wear.both(wear.buttons(0xFFFFFF), wear.belt(BLACK, wear.GOLD)),
        long_hair=False,
        behind=wear.quiver(0x8A5A38),
    )


def fairy(act: Act, d: Dress) -> Dress:
    """Wings, wand, a leaf-green dress."""
    return replace(
        d, shirt=act.own(0x8FD08A), skirt=True, long_hair=True, behind=wear.wings, held=held.wand
    )


def monk(act: Act, d: Dress) -> Dress:
    """Saffron robe, shaven head."""
    saffron = act.own(0xE8903A)
    beads = wear.belt(0xB8503E)
    return replace(d, shirt=saffron, robe=True, bald=True, hair=d.skin, over=beads, long_hair=False)


def skier(act: Act, d: Dress) -> Dress:
    """Anorak, bobble hat, goggles."""
    return replace(
        _suit(d, act.own(0x3F8FD0), legs=0x34405E), hat=hats.woolly, gloves=0xE8503E, shoes=0x4A4A58
    )


def surfer(act: Act, d: Dress) -> Dress:
    """Bare arms, bright shorts."""
    vest = act.own(0x3FC0B0)
    return replace(d, shirt=vest, trousers=0xF4A93A, skirt=False, shoes=d.skin)


def skateboarder(act: Act, d: Dress) -> Dress:
    """Helmet and a loose shirt."""
    return replace(d, skirt=False, hat=hats.bicycle_helmet, shoes=WHITE, trousers=0x4A5A7A)


def footballer(act: Act, d: Dress) -> Dress:
    """Stripes, shorts, a ball."""
    shirt = act.own(0xD8343A)
    kit = replace(d, shirt=shirt, trousers=WHITE, skirt=False, over=wear.stripes(WHITE, rows=3))
    return replace(kit, behind=None if act.gait == "kick" else football, long_hair=False)


def boxer(act: Act, d: Dress) -> Dress:
    """Bare chest, big red gloves."""
    return replace(
        d,
        shirt=d.skin,
        sleeves=d.skin,
        trousers=act.own(0x3F62C0),
        gloves=0xD8343A,
        skirt=False,
        over=wear.belt(wear.GOLD),
        bulk=1.2,
        long_hair=False,
        behind=_mitts,
        hat=None,
    )


def _mitts(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    for k in (1, 0):
        pen.oval(*b.hands[k], 0.055, 0.05, 0xD8343A, shade=0.25)


TAILORS: dict[str, Tailor] = {
    tailor.__name__: tailor
    for tailor in (
        astronaut,
        chef,
        doctor,
        nurse,
        scientist,
        farmer,
        gardener,
        firefighter,
        police,
        soldier,
        teacher,
        builder,
        painter,
        musician,
        ballerina,
        pirate,
        knight,
        king,
        queen,
        princess,
        prince,
        bride,
        wizard,
        samurai,
        ninja,
        cowboy,
        captain,
        pilot,
        businessman,
        fisherman,
        superhero,
        clown,
        santa,
        fairy,
        monk,
        skier,
        surfer,
        skateboarder,
        footballer,
        boxer,
    )
}
