package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.StatedBedStatus;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.FeedPlaces;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Identifiers;
import org.jspecify.annotations.Nullable;

/** Reads {@code feeds} of {@code chevet.yaml}. */
final class FeedsSection {
    private static final List<String> MEMBERS = List.of(
            "name",
            "hospital",
            "mllp",
            "charset",
            "silentAfterMinutes",
            "bedStatusCodes",
            "processingIds",
            "places",
            "authorities");
    private static final int SILENT_AFTER_MINUTES_MAX = 7 * 24 * 60;

    private final ConfigurationReader reader;

    FeedsSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    List<Configuration.Feed> feeds(JsonNode node, Configuration.Http http, List<Hospital> hospitals) {
        List<Configuration.Feed> feeds = new ArrayList<>();
        if (!reader.isListOrMissing("feeds", node)) {
            return feeds;
        }
        Set<String> names = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            Configuration.Feed feed = feed("feeds[" + i + "]", node.get(i), hospitals);
            if (feed == null) {
                continue;
            }
            if (!names.add(feed.name())) {
                reader.problem(
                        "feeds[" + i + "].name", "'" + feed.name() + "' is another feed's name. Give each its own.");
            }
            if (feed.mllp().port() != 0 && feed.mllp().port() == http.port()) {
                reader.problem(
                        "feeds[" + i + "].mllp.port", feed.mllp().port() + " is http.port too. Give each its own.");
            } else if (feed.mllp().port() != 0 && !ports.add(feed.mllp().port())) {
                reader.problem(
                        "feeds[" + i + "].mllp.port",
                        feed.mllp().port() + " is another feed's port. Give each its own.");
            }
            feeds.add(feed);
        }
        return feeds;
    }

    private Configuration.@Nullable Feed feed(String place, JsonNode node, List<Hospital> hospitals) {
        reader.checkMembers(place, node, MEMBERS);
        if (!node.isObject()) {
            return null;
        }
        String name = reader.text(place + ".name", node.path("name"), null);
        if (!name.isEmpty() && !Identifiers.isValid(name)) {
            reader.problem(place + ".name", "'" + name + "' is not a name. Write " + Identifiers.PATTERN + ".");
        }
        Hospital hospital = hospitalOf(place + ".hospital", node.path("hospital"), hospitals);
        MllpOptions mllp = new MllpSection(reader).mllp(place + ".mllp", node.path("mllp"));
        AdtFeedOptions options = AdtFeedOptions.defaults()
                .withDefaultCharset(charset(place + ".charset", node.path("charset")))
                .withBedStatusCodes(bedStatusCodes(place + ".bedStatusCodes", node.path("bedStatusCodes")))
                .withAuthorities(authorities(place + ".authorities", node.path("authorities")))
                .withProcessingIds(processingIds(place + ".processingIds", node.path("processingIds")))
                .withSilentAfter(silentAfter(place + ".silentAfterMinutes", node.path("silentAfterMinutes")));
        if (hospital == null) {
            return null;
        }
        FeedPlaces places = new PlacesSection(reader, hospital).places(place + ".places", node.path("places"));
        return new Configuration.Feed(name, hospital.id(), options.withPlaces(places), mllp);
    }

    private @Nullable Hospital hospitalOf(String place, JsonNode node, List<Hospital> hospitals) {
        List<HospitalId> known = hospitals.stream().map(Hospital::id).toList();
        if (node.isMissingNode()) {
            if (known.size() > 1) {
                reader.problem(place, "is missing. Write one of " + known + ".");
            }
            // With none, what is wrong is the hospital's file, and that is told.
            return known.size() == 1 ? hospitals.getFirst() : null;
        }
        String id = reader.text(place, node, null);
        for (Hospital hospital : hospitals) {
            if (hospital.id().value().equals(id)) {
                return hospital;
            }
        }
        if (!id.isEmpty()) {
            reader.problem(place, "'" + id + "' is no hospital of this file. Write one of " + known + ".");
        }
        return null;
    }

    private Set<String> processingIds(String place, JsonNode node) {
        if (node.isMissingNode() || !reader.isListOrMissing(place, node)) {
            return AdtFeedOptions.TABLE_0103;
        }
        Set<String> ids = new TreeSet<>();
        node.forEach(id -> ids.add(id.asText()));
        if (ids.isEmpty() || !AdtFeedOptions.TABLE_0103.containsAll(ids)) {
            reader.problem(place, ids + " are no processing ids. Write some of [D, P, T], for example [P].");
        }
        return ids;
    }

    private Set<String> authorities(String place, JsonNode node) {
        Set<String> authorities = new TreeSet<>();
        if (node.isMissingNode() || !reader.isListOrMissing(place, node)) {
            return authorities;
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode name = node.get(i);
            String text = name.asText().strip();
            if (!name.isTextual() || text.isEmpty()) {
                // YAML takes the leading zero from a number.
                reader.problem(place + "[" + i + "]", name + " is no text. Write it in quotes.");
            }
            authorities.add(text);
        }
        if (authorities.isEmpty()) {
            reader.problem(place, "names nobody. Write what CX-4 has for this hospital, for example [CHU-X].");
        }
        return authorities;
    }

    private Charset charset(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.defaults().defaultCharset();
        }
        String name = reader.text(place, node, null);
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            reader.problem(place, "'" + name + "' is no encoding. Write for example ISO-8859-15 or UTF-8.");
            return AdtFeedOptions.defaults().defaultCharset();
        }
    }

    private Duration silentAfter(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.SILENT_AFTER;
        }
        if (!node.isIntegralNumber() || node.asLong() < 1 || node.asLong() > SILENT_AFTER_MINUTES_MAX) {
            reader.problem(place, node + " is not a number of minutes. Write 1 to " + SILENT_AFTER_MINUTES_MAX + ".");
            return AdtFeedOptions.SILENT_AFTER;
        }
        return Duration.ofMinutes(node.asLong());
    }

    private Map<String, StatedBedStatus> bedStatusCodes(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.TABLE_0116;
        }
        if (!node.isObject()) {
            reader.problem(place, "codes and what they mean are wanted. Write for example {N: HOUSEKEEPING}.");
            return AdtFeedOptions.TABLE_0116;
        }
        Map<String, StatedBedStatus> codes = new HashMap<>(AdtFeedOptions.TABLE_0116);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String meaning = entry.getValue().asText();
            try {
                codes.put(entry.getKey(), StatedBedStatus.valueOf(meaning));
            } catch (IllegalArgumentException unknown) {
                reader.problem(
                        place + "." + entry.getKey(),
                        "'" + meaning + "' is no state. Write one of " + List.of(StatedBedStatus.values()) + ".");
            }
        }
        return codes;
    }
}
