package dev.sidereal.testkit;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.catalogue.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Some thirty short items on bridges, food, music, animals, gardens, the sky and computing, written for tests: in three
 * languages, some with sections, with fields of all types, readable by all, by some or by nobody. The fields are those of
 * {@link RandomCorpus#SCHEMA}, the readers those of {@link PrincipalArbitraries}.
 */
public final class TinyCorpus {
    private static final List<Item> ITEMS = new TinyCorpus().write();

    private final List<Item> items = new ArrayList<>();

    private TinyCorpus() {}

    /** {@return the items, unmodifiable} */
    public static List<Item> items() {
        return ITEMS;
    }

    /** {@return the fields of the items} */
    public static Schema schema() {
        return RandomCorpus.SCHEMA;
    }

    private List<Item> write() {
        bridges();
        food();
        music();
        livingThings();
        sky();
        computing();
        return Collections.unmodifiableList(items);
    }

    private void bridges() {
        add(
                        "suspension-bridge",
                        "Suspension bridge",
                        "A suspension bridge hangs its deck from cables that run over tall towers to anchors in the ground. Long spans become possible because the cables carry the load in tension.")
                .section(
                        "history",
                        "History",
                        "Rope bridges of the Andes used twisted grass centuries before steel wire was drawn.")
                .section(
                        "wind",
                        "Wind",
                        "A deck that is too thin may twist in the wind until it tears itself apart, so engineers stiffen it with trusses.")
                .lang("en")
                .year(1998)
                .published("2019-03-04T00:00:00Z")
                .open(true)
                .tags("engineering", "bridges");
        add(
                        "arch-bridge",
                        "Arch bridge",
                        "An arch bridge pushes its weight outwards into the banks. Stone is strong in compression, which is why Roman arches still stand.")
                .lang("en")
                .year(2003)
                .published("2019-03-05T00:00:00Z")
                .open(true)
                .tags("engineering", "bridges", "history")
                .readers("public");
        add(
                        "bridge-inspection",
                        "Inspecting an old bridge",
                        "Inspectors tap the rivets, measure cracks and look for rust under the paint. What they find decides the weight limit.")
                .lang("en")
                .year(2021)
                .published("2021-11-30T08:30:00Z")
                .open(false)
                .tags("engineering", "bridges", "safety")
                .readers("group:staff");
        add(
                        "hanging-bridge-de",
                        "Hängebrücke",
                        "Bei einer Hängebrücke tragen Kabel die Fahrbahn. Sie laufen über Türme und sind an beiden Ufern verankert.")
                .lang("de")
                .year(1999)
                .published("2020-01-01T00:00:00Z")
                .open(true)
                .tags("engineering", "bridges");
    }

    private void food() {
        add(
                        "bread-sourdough",
                        "Sourdough bread",
                        "Flour and water left in a warm kitchen grow yeasts and sour bacteria. A spoon of that starter raises a loaf overnight.")
                .section(
                        "feeding",
                        "Feeding the starter",
                        "Throw away half, add fresh flour and water, and wait for bubbles.")
                .lang("en")
                .year(2016)
                .published("2016-02-29T00:00:00Z")
                .open(true)
                .tags("food", "baking");
        add(
                        "bread-rye",
                        "Rye bread",
                        "Rye holds more water than wheat and makes a dense loaf that keeps for a week. Caraway is a common spice.")
                .lang("en")
                .year(2012)
                .open(true)
                .tags("food", "baking")
                .readers("public");
        add(
                        "cheese-blue",
                        "Blue cheese",
                        "Needles open air channels in the young cheese so that the mould can breathe and draw its veins.")
                .lang("en")
                .year(2008)
                .published("2018-07-14T00:00:00Z")
                .tags("food")
                .readers("user:ann");
        add(
                        "soup-onion",
                        "Soupe à l'oignon",
                        "Des oignons fondus lentement dans le beurre, un bouillon brun, du pain et du fromage gratiné.")
                .lang("fr")
                .year(2008)
                .published("2018-07-14T00:00:00Z")
                .open(true)
                .tags("food");
        add(
                        "recipe-secret",
                        "The canteen's curry",
                        "Toast the spices whole, grind them and let them bloom in hot oil before the onions go in.")
                .lang("en")
                .year(2022)
                .published("2022-05-20T12:00:00Z")
                .open(false)
                .tags("food", "secret")
                .readers("user:bob", "group:staff");
    }

    private void music() {
        add(
                        "violin",
                        "Violin",
                        "Four strings tuned in fifths, a bow of horsehair and a wooden body that turns their motion into sound. The bridge passes the vibration to the top plate.")
                .section(
                        "bow", "The bow", "Rosin makes the hair grip the string and let go hundreds of times a second.")
                .lang("en")
                .year(1985)
                .published("2017-09-01T00:00:00Z")
                .open(true)
                .tags("music", "instruments");
        add(
                        "piano",
                        "Piano",
                        "Each key throws a felt hammer at strings and catches it again. A pedal lifts all dampers so that the strings ring on.")
                .lang("en")
                .year(1985)
                .published("2017-09-02T00:00:00Z")
                .open(true)
                .tags("music", "instruments")
                .readers("public");
        add(
                        "gamelan",
                        "Gamelan",
                        "Bronze gongs and metallophones are tuned together as one set, in pairs that beat against each other and shimmer.")
                .lang("en")
                .year(1994)
                .tags("music")
                .readers("user:cleo");
        add(
                        "choir-seating",
                        "Seating plan of the choir",
                        "Low voices stand behind high voices; tall singers go to the ends of the rows.")
                .lang("en")
                .year(2023)
                .published("2023-12-24T18:00:00Z")
                .open(false)
                .tags("music")
                .readers("user:ann", "user:cleo");
        add(
                        "lied-de",
                        "Kunstlied",
                        "Ein Gedicht, eine Stimme und ein Klavier: Im Lied begleitet das Klavier nicht nur, es erzählt mit.")
                .lang("de")
                .year(1990)
                .published("2020-06-01T00:00:00Z")
                .open(true)
                .tags("music")
                .readers();
    }

    private void livingThings() {
        add(
                        "bees",
                        "Honey bees",
                        "Bees tell each other where flowers are by dancing on the comb. The angle of the dance points to the garden or the meadow.")
                .section(
                        "winter",
                        "Winter",
                        "The cluster shivers to keep the queen warm and eats its honey from the bottom up.")
                .lang("en")
                .year(2010)
                .published("2020-04-22T00:00:00Z")
                .open(true)
                .tags("animals", "garden");
        add(
                        "octopus",
                        "Octopus",
                        "An octopus has three hearts, blue blood and arms that taste what they touch. It opens jars and squeezes through gaps the size of its beak.")
                .lang("en")
                .year(2015)
                .published("2015-08-08T00:00:00Z")
                .open(true)
                .tags("animals", "deep sea");
        add(
                        "swift",
                        "Common swift",
                        "A swift eats, drinks and sleeps on the wing. Young birds may stay in the air for two years after they leave the nest.")
                .lang("en")
                .year(2015)
                .published("2016-05-05T00:00:00Z")
                .open(true)
                .tags("animals")
                .readers("public");
        add(
                        "cat-flap",
                        "A cat flap that knows the cat",
                        "The door reads the chip in the neck and opens for one cat but not for the neighbour's.")
                .lang("en")
                .tags("animals", "electronics")
                .readers("group:board");
        add(
                        "compost",
                        "Compost",
                        "Mix green cuttings with brown leaves, keep the heap moist and turn it. In a year the garden gets dark crumbly soil.")
                .lang("en")
                .year(2005)
                .published("2019-10-10T00:00:00Z")
                .open(true)
                .tags("garden");
        add(
                        "pruning",
                        "Pruning apple trees",
                        "Cut in late winter, take out crossing branches and keep the middle of the crown open to light.")
                .lang("en")
                .year(2007)
                .published("2019-01-31T00:00:00Z")
                .open(true)
                .tags("garden")
                .readers("public");
        add(
                        "allotment-rents",
                        "Rents of the allotments",
                        "Who pays what for which plot of the garden colony, and who is late.")
                .lang("en")
                .year(2024)
                .published("2024-01-02T00:00:00Z")
                .open(false)
                .tags("garden", "secret", "money")
                .readers("group:board");
        add(
                "moss",
                "Moss",
                "Moss has no roots. It drinks through its leaves, dries to dust in summer and is green again minutes after the rain.");
    }

    private void sky() {
        add(
                        "moon-tides",
                        "Tides",
                        "The moon pulls the near side of the ocean more than the far side, so that two bulges of water travel round the turning earth.")
                .section("spring", "Spring tides", "When sun and moon pull in one line the range is largest.")
                .lang("en")
                .year(2001)
                .published("2001-01-01T00:00:00Z")
                .open(true)
                .tags("space", "deep sea");
        add(
                        "comet",
                        "Comets",
                        "A comet is a lump of ice and dust. Near the sun the ice boils off and the light pushes the dust into a tail.")
                .lang("en")
                .year(2001)
                .published("2000-12-31T23:59:59Z")
                .open(true)
                .tags("space")
                .readers("public");
        add(
                        "lens",
                        "Lenses",
                        "A lens bends light because it travels more slowly in glass. Two lenses make a telescope.")
                .lang("en")
                .year(1977)
                .published("2018-02-28T00:00:00Z")
                .open(true)
                .tags("space", "c++ & optics");
        add(
                        "budget",
                        "Budget of the observatory",
                        "Half goes into salaries, a third into the new mirror and the rest into coffee.")
                .lang("en")
                .year(2024)
                .published("2024-03-31T00:00:00Z")
                .open(false)
                .tags("space", "secret", "money")
                .readers("group:board", "user:bob");
    }

    private void computing() {
        add(
                        "hash-table",
                        "Hash table",
                        "A function turns the key into the number of a bucket. With few keys a bucket, a look-up takes the same short time however many keys there are.")
                .lang("en")
                .year(1968)
                .published("2020-10-10T00:00:00Z")
                .open(true)
                .tags("computing", "c++");
        add(
                        "inverted-index",
                        "Inverted index",
                        "For every word a list of the documents that contain it. A search walks the lists of its words together and adds up their weights.")
                .section(
                        "compression", "Compression", "Gaps between document numbers are small and pack into few bits.")
                .lang("en")
                .year(1968)
                .published("2020-10-11T00:00:00Z")
                .open(true)
                .tags("computing", "search")
                .readers("public");
        add("passwords", "Where the passwords are kept", "In the sealed envelope in the safe; two keys are needed.")
                .lang("en")
                .year(2020)
                .published("2020-02-02T00:00:00Z")
                .open(false)
                .tags("computing", "secret")
                .readers();
        add(
                        "recherche",
                        "Moteur de recherche",
                        "Un moteur de recherche lit les pages à l'avance et range chaque mot dans un index.")
                .lang("fr")
                .year(2004)
                .published("2021-02-03T00:00:00Z")
                .open(true)
                .tags("computing", "search")
                .readers("user:ann", "group:staff");
        add("zero", "", "")
                .section("", "", "Nothing but a section without a heading, to see whether it is found.")
                .lang("en")
                .year(0)
                .open(false)
                .tags();
    }

    private TinyCorpus add(String id, String title, String text) {
        items.add(Item.of(id, title, text));
        return this;
    }

    private TinyCorpus section(String id, String heading, String text) {
        Item last = items.getLast();
        List<Section> sections = new ArrayList<>(last.sections());
        sections.add(new Section(id, heading, text));
        return replace(new Item(last.id(), last.title(), last.text(), sections, last.fields(), last.acl()));
    }

    private TinyCorpus lang(String lang) {
        return field("lang", new FieldValue.Keyword(lang));
    }

    private TinyCorpus year(double year) {
        return field("year", new FieldValue.Numeric(year));
    }

    private TinyCorpus published(String instant) {
        return field("published", new FieldValue.Timestamp(Instant.parse(instant)));
    }

    private TinyCorpus open(boolean open) {
        return field("open", new FieldValue.Flag(open));
    }

    private TinyCorpus tags(String... tags) {
        return field("tags", new FieldValue.Keywords(new TreeSet<>(List.of(tags))));
    }

    private void readers(String... readers) {
        replace(items.getLast().withAcl(Acl.readers(List.of(readers))));
    }

    private TinyCorpus field(String name, FieldValue value) {
        return replace(items.getLast().withField(name, value));
    }

    private TinyCorpus replace(Item item) {
        items.set(items.size() - 1, item);
        return this;
    }
}
