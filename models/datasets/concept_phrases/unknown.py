"""Words for what no model here knows: the text tower learns to decline them, and what they make of known words."""

from typing import Tuple


def _listed(text: str) -> Tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.replace("\n", " ").split(",")))


#: Things, beings, events and notions; none is a concept's name.
UNKNOWN: Tuple[str, ...] = _listed("""
dog, cat, sheep, goat, pig, camel, zebra, lion, tiger, bear, wolf, deer, rabbit, mouse, snake, lizard, crocodile,
frog, shark, dolphin, seal, whale calf, eagle, owl, pigeon, chicken, duckling, goose, swan, bee, ant, spider,
butterfly, worm, cattle herd, monkey, gorilla, person, crowd, child, woman, man, farmer, policeman, soldier, tourist,
swimmer, pedestrian, cyclist, protester, worker, nurse, king, truck, lorry, bus, tram, bicycle, motorbike, scooter,
ambulance, fire engine, tractor, combine harvester, bulldozer, forklift, tank column, helicopter, drone, glider, hot-
air balloon, rocket, satellite dish, spaceship, submarine, aircraft carrier, canoe, raft, oil rig, tugboat,
locomotive, wagon, metro station, cable car, bus stop, petrol station, toll booth, traffic light, road sign, street
lamp, manhole, bollard, church, mosque, temple, synagogue, cathedral, monastery, castle, palace, fortress, ruin,
pyramid, tomb, cemetery, monument, obelisk, school, university, hospital, clinic, library, museum, theatre, cinema,
prison, court house, police station, fire station, bank branch, hotel, restaurant, cafe, supermarket, shop, market
stall, kiosk, bakery, pharmacy, gym, nightclub, casino, zoo, circus, aquarium, theme park, stadium, racetrack,
velodrome, ski slope, ice rink, skate park, bowling alley, shooting range, volleyball court, basketball court, rugby
goal, dam, weir, lock gate, sluice, aqueduct, waterfall, spring, geyser, glacier, iceberg, snow, ice, avalanche, hail,
frost, permafrost, volcano, lava, crater, earthquake, landslide, tsunami, tornado, hurricane, flood victim, drought,
wildfire, smoke, ash, explosion, fire, cloud, fog, haze, rainbow, lightning, shadow, sunset, moon, star, planet,
galaxy, comet, northern lights, mine shaft, oil well, gas flare, refinery column, pipeline, power plant, nuclear
reactor, cooling tower, chimney, substation, pylon, wind turbine, windmill, dynamo, transformer, power line, telephone
mast, radio tower, radar, lighthouse, crane, scaffolding, elevator, landfill, rubbish heap, scrap yard, sewage plant,
compost heap, plastic waste, oil spill, algae bloom, pollution, noise, smell, greenhouse, beehive, chicken coop,
stable, grain elevator, hay bale, scarecrow, fence, wall, gate, ditch, well, water trough, sprinkler, tent, refugee
camp, barricade, trench, bunker, minefield, missile, gun, artillery, bomb, weapon, warship, fighter pilot, army,
table, chair, sofa, bed, lamp, carpet, curtain, window, door, staircase, kitchen, bathroom, mirror, clock, television,
computer, phone, book, newspaper, letter, pen, paper, photograph, painting, sculpture, song, film, violin, piano,
guitar, drum, ball, doll, toy, kite, shirt, shoe, hat, coat, umbrella, bag, suitcase, ring, watch, glasses, bottle,
cup, plate, fork, knife, spoon, pot, oven, fridge, apple, banana, tomato, potato, onion, bread, cheese, meat, fish,
soup, cake, coffee, tea, wine, beer, milk, sugar, salt, honey, face, hand, eye, heart, bone, blood, brain, skin,
disease, virus, bacterium, medicine, vaccine, injury, tumour, happiness, love, anger, justice, freedom, democracy,
religion, politics, election, law, tax, price, money, salary, inflation, profit, owner, address, postcode, phone
number, name, age, history, birthday, wedding, party, festival, concert, match result, score, record, temperature,
humidity, wind speed, rainfall, air pressure, ozone, carbon dioxide, methane, radiation, soil moisture, acidity,
salinity, mathematics, equation, number, triangle, poem, story, joke, secret, dream, idea, question, answer, password,
file, setting, software, gold, silver, diamond, copper, iron ore, coal, uranium, lithium, oil price, marble, granite,
limestone, clay pot, brick, timber beam, steel, mushroom, cactus, sunflower, tulip, rose, seaweed, moss, fern, bamboo,
coffee bush, cotton, tobacco, sugar cane, hemp, lavender, saffron, dinosaur, dragon, ghost, angel, robot, alien,
mermaid, giant, zombie, wizard, vampire, superhero, santa, fairy, monster, swamp creature, coral reef, mangrove root,
sandbank seal, penguin colony, bird nest, anthill, burrow, cave, canyon wall, cliff climber, trampoline, sandcastle,
deck chair, parasol, picnic, barbecue, campfire, bench, statue, fountain, flagpole, billboard, graffiti, banner,
mayor, parliament, border, passport, visa, embassy, customs office, checkpoint, currency, stock market, insurance,
mortgage, rent
""")

#: Before a known noun they make it something else than any concept.
QUALIFIERS: Tuple[str, ...] = _listed("""
burning, stolen, haunted, abandoned, damaged, ruined, illegal, expensive, cheap, famous, ancient, medieval, broken,
sunken, flying, toy, electric, wooden, glass, golden, royal, military, police, holy, sacred, dangerous, safe,
polluted, poisonous, flooded, collapsed, unfinished, insured, rented, sold, empty, haunted, painted, striped,
invisible, imaginary, frozen, snowy, radioactive, noisy, beautiful, ugly, rusty
""")

#: After a known noun they make it something else.
HEADS: Tuple[str, ...] = _listed("""
owner, price, driver, thief, seller, museum, insurance, fire, accident, ticket, history, name, engine, festival, tax,
keeper, monster, repair, law, song, company, school, ghost, temperature, colour, height, age, statue, disease, model,
factory worker, wedding
""")
