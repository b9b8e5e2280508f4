package org.chevet.hospital.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The fields of one mapping of the file. Whatever is wrong with a field is reported, and a stand-in returned, so that reading
 * goes on to the next mistake. A field with nothing after its colon counts as absent.
 */
public final class Fields {
    private static final int TEXT_CHARS_MAX = 120;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");

    private final Place place;
    private final Problems problems;
    private final Map<String, Place> fields;

    private Fields(Place place, Problems problems, Map<String, Place> fields) {
        this.place = place;
        this.problems = problems;
        this.fields = fields;
    }

    /** Any keys at all: a catalogue. Null, and reported, when the place holds no mapping. */
    public static @Nullable Fields of(Place place, Problems problems) {
        if (!(place.node() instanceof MappingNode mapping)) {
            problems.add(
                    place,
                    "expected a mapping (key: value), got " + place.shown(),
                    "Write key: value pairs, indented by spaces.");
            return null;
        }
        Map<String, Place> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place key = new Place(place.path(), tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(key, "a key is " + key.shown(), "Write a word before the colon.");
                continue;
            }
            String name = scalar.getValue();
            Place value = new Place(place.path().isEmpty() ? name : place.path() + "." + name, tuple.getValueNode());
            Place earlier = fields.putIfAbsent(name, value);
            if (earlier != null) {
                problems.add(
                        value.path(),
                        tuple.getKeyNode(),
                        "'" + name + "' is there twice, first on line " + earlier.line(),
                        "Keep one of the two.");
            }
        }
        return new Fields(place, problems, fields);
    }

    /** These keys and no others. */
    public static @Nullable Fields of(Place place, Problems problems, List<String> known) {
        Fields fields = of(place, problems);
        if (fields != null) {
            fields.forEach((key, value) -> {
                if (!known.contains(key)) {
                    problems.add(value, "unknown key '" + key + "'", Nearest.advice(key, known));
                }
            });
        }
        return fields;
    }

    public interface Each {
        void accept(String key, Place value);
    }

    public void forEach(Each action) {
        fields.forEach(action::accept);
    }

    public Place place() {
        return place;
    }

    /** Null when the field is absent. */
    public @Nullable Place get(String key) {
        Place value = fields.get(key);
        return value == null || value.isNull() ? null : value;
    }

    /** Null, and reported, when the field is absent. */
    public @Nullable Place require(String key, String example) {
        Place value = get(key);
        if (value == null) {
            problems.add(place, "'" + key + "' is missing", "Write " + key + ": " + example + ".");
        }
        return value;
    }

    public @Nullable String requireText(String key, String example) {
        Place value = require(key, example);
        return value == null ? null : text(value);
    }

    public @Nullable String text(String key) {
        Place value = get(key);
        return value == null ? null : text(value);
    }

    /** Null, and reported, when the place holds no short text. */
    public @Nullable String text(Place value) {
        String text = value.text();
        if (text == null) {
            problems.add(
                    value,
                    "expected a text, got " + value.shown(),
                    "Write one text, in quotes if it has special characters.");
            return null;
        }
        if (text.isEmpty()) {
            problems.add(value, "the text is empty", "Write something, or leave the key out.");
            return null;
        }
        if (text.length() > TEXT_CHARS_MAX) {
            problems.add(
                    value, "the text has " + text.length() + " characters, more than " + TEXT_CHARS_MAX, "Shorten it.");
            return null;
        }
        return text;
    }

    /** Null when absent, and also, reported, when it is no whole number from {@code min} to {@code max}. */
    public @Nullable Integer wholeNumber(String key, int min, int max) {
        Place value = get(key);
        if (value == null) {
            return null;
        }
        String text = value.text();
        if (text == null || !WHOLE_NUMBER.matcher(text).matches()) {
            problems.add(
                    value,
                    "expected a whole number, got " + value.shown(),
                    "Write a number from " + min + " to " + max + ".");
            return null;
        }
        int number = Integer.parseInt(text);
        if (number < min || number > max) {
            problems.add(
                    value,
                    number + " is outside " + min + " to " + max,
                    "Write a number from " + min + " to " + max + ".");
            return null;
        }
        return number;
    }

    /** {@code absent} when it is absent, and also, reported, when it is no number from {@code min} to {@code max}. */
    public double number(String key, double min, double max, double absent) {
        Place value = get(key);
        return value == null ? absent : number(value, min, max, absent);
    }

    /** As above, for a value found otherwise. */
    public double number(Place value, double min, double max, double instead) {
        String text = value.text();
        String advice = "Write a number from " + shown(min) + " to " + shown(max) + ".";
        if (text == null || !NUMBER.matcher(text).matches()) {
            problems.add(value, "expected a number, got " + value.shown(), advice);
            return instead;
        }
        double number = Double.parseDouble(text);
        if (number < min || number > max) {
            problems.add(value, text + " is outside " + shown(min) + " to " + shown(max), advice);
            return instead;
        }
        return number;
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    public boolean flag(String key) {
        Place value = get(key);
        if (value == null) {
            return false;
        }
        String text = value.text();
        if (!"true".equals(text) && !"false".equals(text)) {
            problems.add(value, "expected true or false, got " + value.shown(), "Write true or false.");
        }
        return "true".equals(text);
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
        Place value = get(key);
        if (value == null) {
            return absent;
        }
        String text = value.text();
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        if (text == null || !names.contains(text)) {
            problems.add(
                    value, "unknown " + key + " " + value.shown(), Nearest.advice(text == null ? "" : text, names));
            return absent;
        }
        return Enum.valueOf(type, text);
    }

    /** The members of a list field; none when it is absent, or, reported, when it is no list. */
    public List<Place> items(String key) {
        Place value = get(key);
        if (value == null) {
            return List.of();
        }
        List<Place> items = value.items();
        if (items == null) {
            problems.add(value, "expected a list, got " + value.shown(), "Write " + key + ": [a, b, c].");
            return List.of();
        }
        return items;
    }

    /** The members of a list of codes that a catalogue knows; those it does not, and repeats, are reported. */
    public List<String> codes(String key, String kind, Map<String, String> catalogue) {
        List<String> codes = new ArrayList<>();
        for (Place item : items(key)) {
            String code = text(item);
            if (code == null) {
                continue;
            }
            if (!catalogue.containsKey(code)) {
                problems.add(item, "unknown " + kind + " '" + code + "'", Nearest.advice(code, catalogue.keySet()));
            } else if (codes.contains(code)) {
                problems.add(item, kind + " '" + code + "' is listed twice", "Keep it once.");
            } else {
                codes.add(code);
            }
        }
        return codes;
    }
}
