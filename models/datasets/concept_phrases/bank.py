"""Names and wordings of every concept that the text tower learns.

``names``: nouns apart by commas, ``~`` after those without a plural. ``wordings``: whole noun phrases, with ``[a|b]``
choices. Names are always trained on, so that every word is known; wordings are split by hash.
"""

from typing import Dict, NamedTuple, Tuple


class Said(NamedTuple):
    """How one concept is said."""

    names: str
    wordings: Tuple[str, ...] = ()


#: Kinds of place. Keys are the concepts' names.
PLACES: Dict[str, Said] = {
    "farmland": Said(
        "farmland~, field, crop field, cropland~, agricultural land~, arable land~, farm field, cultivated land~, farm, "
        "agriculture~, farming land~, ploughed field, agricultural field, tilled land~",
        ("[land|ground|fields] used for [farming|crops|agriculture]",
        "[cultivated|ploughed|tilled|farmed] [fields|land|soil]",
         "[furrows|rows|strips] of crops", "an agricultural [area|region|landscape]", "fields of [crops|growing crops]",
         "[farm|crop] land in [strips|parcels|rows]", "a farming [area|district|landscape]")),
    "annual crops": Said(
        "annual crop, seasonal crop, wheat field, maize field, cereal field, grain field, corn field, barley field, "
        "rice field",
        ("[fields|land] of [wheat|maize|cereals|grain|corn|barley]", "crops [sown|planted|grown] [every|each] year",
         "[yearly|annual|seasonal] [crops|crop fields|cropland]", "[wheat|grain|corn|cereal] crops",
         "land with annual crops")),
    "permanent crops": Said(
        "permanent crop, orchard, vineyard, olive grove, fruit plantation, perennial crop, fruit orchard",
        ("[rows|plantations] of [fruit|olive] trees", "[vines|olives|fruit trees] in rows",
        "[permanent|perennial] [crops|cropland]",
         "[orchards|vineyards] [and|or] [olive groves|fruit plantations]",
         "land planted with [vines|fruit trees|olives]")),
    "pasture": Said(
        "pasture, pasture land~, grazing land~, meadow, hay meadow, paddock, rangeland~",
        ("[grass|land|fields] for [grazing|hay]", "[grazed|mown] [grass|meadows|grassland]",
        "[green|open] [pastures|meadows]",
         "grazing [fields|grounds|meadows]", "fields of [hay|grazing grass]")),
    "herbaceous vegetation": Said(
        "herbaceous vegetation~, wild grass, scrubland~, heath, heathland~, natural grassland~, herbs~, moorland~, "
        "steppe",
        ("[wild|natural|untended] [grass|grassland|vegetation|herbs]", "[herbs and grasses|grasses and herbs]",
         "land with [wild|herbaceous] plants", "[grassy|herbaceous] [hills|slopes|cover]", "[heath|moor] and scrub")),
    "chaparral": Said(
        "chaparral~, dry scrub~, desert scrub~, bushland~, dry shrubland~, desert shrub",
        ("[dry|sparse|scattered] [shrubs|bushes|scrub] on [sand|bare ground|dry soil]",
        "[shrubs|bushes] in [dry|arid] land",
         "[desert|arid|semi-arid] [vegetation|scrub|shrubland]", "[spots|dots] of [scrub|bushes|shrubs]")),
    "forest": Said(
        "forest, woods~, woodland, wooded area, tree-covered land~, timberland~, jungle, forest canopy, forested area",
        ("[dense|thick|closed] [trees|tree cover|canopy|woods|forest]", "land [covered|filled] with trees",
        "a [dense|thick|green] forest",
         "[nothing but|mostly|only] trees", "[deciduous|coniferous|evergreen] [forest|woodland|woods]",
         "trees [everywhere|all over]")),
    "river": Said(
        "river, stream, watercourse, creek, riverbank, river bend, river bed, rivulet",
        ("a [winding|wide|narrow|flowing|curving] [river|stream|creek|watercourse]", "[flowing|running] water",
         "water [flowing|running|winding] [through|across] the land", "[a bend|the bank|the course] of a [river|stream]",
         "a [river|stream] [with|between] [banks|trees on its banks]")),
    "sea or lake": Said(
        "sea, lake, ocean, reservoir, bay, lagoon, open water~, sea water~, lake water~",
        ("[the open|a calm|the deep] [sea|ocean|water]", "a [large|big|wide] [lake|body of water|water body|reservoir]",
         "[nothing but|mostly|only] water", "[sea|ocean|lake] [surface|waves]", "waves on the [sea|ocean|lake]",
         "a sea or a lake")),
    "highway": Said(
        "highway, freeway, motorway, expressway, dual carriageway, multi-lane road, trunk road, interstate, autobahn",
        ("a [wide|long|straight|busy|multi-lane] [highway|freeway|motorway|expressway]",
        "a road [with|of] [many|several] lanes",
         "[fast|through] traffic on a [highway|freeway|motorway]", "[lanes|carriageways] of a [highway|freeway|motorway]",
         "a [main|major] road [through|across] the [land|country|fields]")),
    "overpass": Said(
        "overpass, flyover, road bridge, viaduct, interchange, elevated road, highway bridge",
        ("a [bridge|road] [over|above|across] [a|another] [road|highway|freeway]", "a road crossing [over|above] another",
         "[roads|highways] [crossing|passing] on two levels", "a [highway|freeway|motorway] interchange",
         "an [elevated|raised] [road|crossing|highway]")),
    "intersection": Said(
        "intersection, crossroads~, road junction, street corner, crossing, road intersection, street crossing",
        ("[two roads|two streets|roads|streets] [crossing|meeting]",
        "[the crossing|the corner|a junction] of [two roads|two streets|streets|roads]",
         "a [four-way|busy|street] [junction|intersection]", "where [two roads|streets|roads] [meet|cross]")),
    "parking lot": Said(
        "parking lot, car park, parking area, parking space, parking place, parking ground",
        ("[rows|lines] of parked [cars|vehicles]", "[cars|vehicles] parked in [rows|lines]",
        "a [full|crowded|large] [car park|parking lot]",
         "[spaces|places|an area] for parking [cars|vehicles]", "a lot [full of|with] parked [cars|vehicles]")),
    "runway": Said(
        "runway, airstrip, landing strip, landing runway, takeoff runway",
        ("a [strip|track] for [landing|takeoff]", "[an airport|an airfield] runway", "runway [markings|stripes|numbers]",
         "a [long|marked|paved] [runway|airstrip|landing strip]", "where [planes|aircraft] [land|take off]")),
    "airfield": Said(
        "airport, airfield, aerodrome, airport apron, airport terminal, airbase, hangar",
        ("the [apron|terminal|gates] of an [airport|airfield]", "[planes|aircraft|jets] at an [airport|airfield]",
         "an airport with [planes|aircraft|jets]", "an [airport|airfield] [area|ground|terminal]")),
    "baseball diamond": Said(
        "baseball diamond, baseball field, ballpark, softball field, baseball infield, baseball ground",
        ("a [field|diamond|ground] for [baseball|softball]", "[baseball|softball] [bases|infield|grounds]",
         "the [infield|bases|outfield] of a [ballpark|baseball field]", "a diamond-shaped [sports field|ball field]")),
    "beach": Said(
        "beach, sandy beach, seaside~, coast, shore, shoreline, coastline, sea shore",
        ("[sand|a strip of sand] [by|along|beside] the [sea|ocean|water]",
        "[waves|surf] [on|rolling onto] [the sand|a beach]",
         "the [sandy|white|flat] [shore|coast|seaside]", "where [sand|land] meets the [sea|ocean]",
         "a [sand|sandy|sea] [beach|shore]")),
    "large buildings": Said(
        "large building, office building, commercial building, downtown~, city block, high-rise, skyscraper, "
        "office tower, city centre",
        ("[big|large|tall|high] [buildings|office buildings|office blocks]", "a [downtown|city] [block|area|district]",
         "[commercial|business|office] [buildings|district|blocks]", "the [centre|heart] of a [city|town]",
         "[tower|office] blocks")),
    "dense residential area": Said(
        "dense residential area, dense housing~, row houses~, dense settlement, dense neighbourhood, "
        "high-density housing~",
        ("[densely|tightly|closely] [packed|built] [houses|homes|housing]",
        "[houses|homes] [close together|side by side|without gaps]",
         "a [dense|crowded|packed] [neighbourhood|settlement|quarter|residential district]",
         "[many houses|homes] [packed|crowded] together")),
    "medium residential area": Said(
        "medium residential area, suburb, suburban area, medium-density housing~, detached house, "
        "single-family home, suburbia~",
        ("[houses|homes] with [gardens|yards|lawns]",
        "a [suburban|leafy|medium-density] [neighbourhood|street|residential area|quarter]",
         "[detached|single-family] [houses|homes] [along|on] [a street|streets]",
         "[suburban|medium-density] [houses|homes|housing]")),
    "sparse residential area": Said(
        "sparse residential area, scattered house, isolated house, sparse housing~, rural home, country house, "
        "low-density housing~",
        ("[a few|some|scattered] [houses|homes] [far apart|in the countryside|among fields]",
        "[scattered|isolated|lonely|remote] [houses|homes|dwellings]",
         "[sparsely|thinly] [built|settled] [land|area]",
         "a [lone|single|remote] house [in the countryside|on open land]")),
    "residential area": Said(
        "residential area, neighbourhood, neighborhood, housing estate, residential district, settlement, village, "
        "housing area, town",
        ("an area [of|with] [houses|homes]", "a [place|district|quarter] where people live",
        "[streets|blocks] of [houses|homes]",
         "a residential [quarter|zone|place|suburb]", "[houses|homes] of a [village|town|settlement]")),
    "mobile home park": Said(
        "mobile home park, trailer park, caravan park, mobile home, trailer home, manufactured home, mobile homes park",
        ("[rows|lines] of [trailers|mobile homes|caravans]", "[trailers|caravans|mobile homes] [in rows|side by side]",
         "a park [of|for|with] [trailers|mobile homes|caravans]", "a [trailer|caravan] [site|court|settlement]")),
    "golf course": Said(
        "golf course, golf links~, fairway, putting green, golf ground, golf club",
        ("[fairways|greens] [and|with] [bunkers|sand traps]", "[bunkers|sand traps] on [grass|a lawn|the green]",
         "[grass|a course|grounds|land] for [golf|playing golf]", "the [green|greens|fairways] of a golf course")),
    "harbour": Said(
        "harbour, harbor, marina, dock, port, yacht harbour, boat harbour, jetty, pier, quay",
        ("[boats|ships|yachts] [moored|docked|anchored|at berth]", "[piers|docks|jetties] with [boats|ships|yachts]",
         "a [port|dock|harbour|marina] [with|full of] [boats|ships|yachts]",
         "a place where [boats|ships|yachts] [moor|dock|anchor]")),
    "industrial area": Said(
        "industrial area, factory, industrial estate, industrial zone, industrial plant, industrial site, works~, "
        "warehouse district",
        ("[factories|factory halls|works] and [warehouses|yards]",
        "[factory|industrial] [buildings|halls|grounds|complex]",
         "a [manufacturing|industrial|warehouse] [area|district|zone|site|park]", "[land|halls] used by industry")),
}

#: What covers the ground.
COVERS: Dict[str, Said] = {
    "building": Said(
        "building, house, roof, rooftop, home, dwelling, hut, shed, barn, warehouse, cottage, structure, edifice, "
        "bungalow, villa",
        ("[roofs|rooftops] of [houses|buildings|huts]", "a [built|roofed] structure", "something with a roof",
        "[built|roofed] structures")),
    "paved": Said(
        "paved ground~, paved surface, paved area, road, street, pavement, asphalt~, tarmac~, concrete~, "
        "sealed surface, hard surface, roadway, lane",
        ("[asphalt|concrete|tarmac|paved] [ground|surfaces|roads]", "[sealed|impervious|hard] [ground|surfaces]",
         "[roads|streets] [and|or] [pavements|yards|squares]", "ground [covered|sealed] with [asphalt|concrete|tarmac]")),
    "tree": Said(
        "tree, treetop, tree crown, tree canopy, tree cover~, grove, conifer, oak, pine, palm",
        ("[leafy|green|single] trees", "[crowns|canopies|tops] of trees", "[a group|groups|clumps|stands] of trees",
        "[shady|tall|old] trees")),
    "low vegetation": Said(
        "low vegetation~, grass, grassland, lawn, turf~, herbage~, bush, shrub, hedge",
        ("[green|short|mown|cut] [grass|lawns|turf]", "[grass|plants|vegetation] [close to|near] the ground",
        "[low|short] [plants|growth]",
         "ground [covered|grown over] with grass", "[grassy|green] [ground|patches|areas]")),
    "bare": Said(
        "bare ground~, bare soil~, bare land~, sand~, soil~, dirt~, gravel~, mud~, bare earth~, rock, barren land~, "
        "exposed soil~",
        ("[ground|land|soil] without [plants|vegetation|grass]", "[dry|brown|naked|open] [soil|earth|dirt|ground]",
         "[sandy|rocky|muddy|dusty|stony] [ground|land|soil]", "[exposed|barren|unpaved] [ground|earth|soil]")),
    "water": Said(
        "water~, water body, body of water, water surface, waterway, water area, canal",
        ("[ground|land] under water", "a [surface|stretch|sheet|patch] of water", "[blue|dark|still|clear] water",
        "[wet|watery] [areas|surfaces]")),
}

#: Things told apart one by one.
THINGS: Dict[str, Said] = {
    "car": Said("car, vehicle, automobile, motor car, motor vehicle, van",
                ("[parked|moving|driving] [cars|vehicles]", "[road|motor] vehicles",
                "[cars|vehicles] on the [road|street]")),
    "boat": Said("boat, ship, vessel, yacht, sailing boat, sailboat, motorboat, ferry, watercraft~",
                 ("[boats|ships|vessels|yachts] on the water", "[sailing|motor|small|white] [boats|vessels|yachts]",
                 "[floating|sailing] [ships|vessels]")),
    "aircraft": Said("aircraft~, airplane, aeroplane, plane, jet, airliner, passenger jet",
                     ("[parked|landed|standing] [planes|aircraft|jets|airplanes]",
                     "[passenger|jet] [planes|airplanes|aircraft]",
                      "[planes|jets|aeroplanes] on the [apron|ground]", "wings of [planes|aircraft|a plane]")),
    "storage tank": Said("storage tank, oil tank, fuel tank, tank farm, oil storage~, silo, tank",
                         ("[round|circular|white|cylindrical] [tanks|oil tanks|storage tanks]",
                         "tanks for [storing|keeping] [oil|fuel|gas]",
                          "[oil|fuel|gas] [storage|tanks|depot]", "a farm of tanks")),
    "tennis court": Said("tennis court, tennis ground, tennis field, tennis place",
                         ("[courts|a court|grounds] for [tennis|playing tennis]",
                         "[hard|clay|grass|green|blue] tennis courts", "a court with a tennis net")),
    "football field": Said("football field, football pitch, soccer field, soccer pitch, sports field, "
    "playing field, football ground",
                           ("a [pitch|field|ground] for [football|soccer]",
                           "[grass|green|marked] [football|soccer] [fields|pitches]",
                            "a [soccer|football] [pitch|field|ground] with [goals|white lines]")),
    "swimming pool": Said("swimming pool, pool, backyard pool, garden pool, bathing pool",
                          ("a [pool|basin] for [swimming|bathing]", "[blue|outdoor|private] [pools|swimming pools]",
                          "pools [in|behind] [gardens|houses|backyards]")),
    "playground": Said("playground, play area, children's playground, play ground, playing area",
                       ("[swings|slides] [and|or] [slides|sandpits|swings]", "a place where children play",
                       "[an area|a ground] for [children|playing children]")),
    "roundabout": Said("roundabout, traffic circle, rotary, traffic roundabout",
                       ("a [circular|round] [junction|crossing|intersection]", "a [road|traffic] circle",
                       "a [round|circular] road with an island")),
    "solar farm": Said("solar farm, solar park, solar plant, solar field, photovoltaic plant, photovoltaic farm",
                       ("[rows|fields] of [solar|photovoltaic] [modules|panels]",
                       "a [field|farm|park] of [photovoltaic|solar] [modules|panels]")),
    "pond": Said("pond, pool of water, small lake, village pond, fish pond, duck pond",
                 ("a [small|little|round|tiny] [pond|lake|body of water]", "a [garden|park|farm] pond")),
    "railway": Said("railway, railroad, railway line, railway track, rail line, train track, rails~",
                    ("[tracks|rails|lines] for trains", "[railway|railroad|train] [tracks|lines|rails]",
                    "a line of [rails|train tracks]")),
    "container": Said("container, shipping container, sea container, cargo container, freight container",
                      ("[stacked|stacks of|rows of|piled] [containers|shipping containers]",
                      "[cargo|freight|metal] [containers|boxes]")),
}

#: Covers taken together: any of them.
GROUPS: Dict[str, Tuple[Tuple[str, ...], Said]] = {
    "vegetation": (("tree", "low vegetation"), Said(
        "vegetation~, greenery~, green area, green space, plant cover~, plant, green cover~",
        ("[green|growing|living] plants", "[vegetated|green] [areas|land|ground]", "[trees|bushes] and [grass|lawns]",
        "land with plants"))),
    "built-up land": (("building", "paved"), Said(
        "built-up land~, built-up area, developed land~, urban area, urban land~, man-made surface, sealed land~, city",
        ("[buildings|houses] and [roads|streets|pavement]", "[urban|developed|built-up] [ground|areas|land|fabric]",
         "[land|ground] that is built [on|up]", "[artificial|man-made] [surfaces|ground]"))),
}

#: Two concepts in one view.
COMPOSED: Dict[str, Tuple[Tuple[str, str], Said]] = {
    "boats in a harbour": (("boat", "harbour"), Said("", (
        "[boats|ships|yachts] in [a|the] [harbour|harbor|marina|port|dock]",
        "[a harbour|a marina|a port|docks] [with|and] [boats|ships|yachts]"))),
    "cars in a parking lot": (("car", "parking lot"), Said("", (
        "[cars|vehicles] [in|on] [a|the] [parking lot|car park|parking area]",
        "a [parking lot|car park|parking area] [with|full of] [cars|vehicles]"))),
    "aircraft at an airfield": (("aircraft", "airfield"), Said("", (
        "[planes|aeroplanes|aircraft] [at|on] [an|the] [airport|airfield|aerodrome|apron]",
        "an [airport|airfield] and its [planes|aircraft]"))),
    "houses among trees": (("building", "tree"), Said("", (
        "[houses|buildings|homes|roofs] [among|between|under|surrounded by] trees", "[houses|buildings|roofs] and trees",
        "trees [around|between|beside|near] [houses|buildings|homes]"))),
    "trees by water": (("tree", "water"), Said("", (
        "trees [by|beside|along|near] [the|] [water|lake|river]", "[water|a lake|a river|a pond] [with|and] trees",
        "trees and water",
        "[water|a pond] [surrounded by|near] trees"))),
    "buildings by water": (("building", "water"), Said("", (
        "[houses|buildings|homes] [by|beside|along|near] [the|] [water|lake|river|sea]",
        "[buildings|houses] and water", "water near [houses|buildings]"))),
}

#: How many of a thing: (what, least, most); the most of "many" is open.
COUNTED: Dict[str, Tuple[Tuple[str, int, int], Said]] = {
    f"{amount} {many}": ((label, least, most), Said("", tuple(
        f"{how} {word}" for how in said for word in words.split(", "))))
    for label, many, words in (("building", "buildings", "buildings, houses, roofs, homes"), ("tree", "trees", "trees"),
                               ("car", "cars", "cars, vehicles"), ("boat", "boats", "boats, ships"))
    for amount, least, most, said in (
        ("many", 10, 0, ("many", "lots of", "a lot of", "numerous", "plenty of", "a large number of", "dozens of",
        "a great many")),
        ("a few", 2, 5, ("a few", "several", "some", "a handful of", "a small number of", "two or three",
        "a couple of", "not many")))
}
