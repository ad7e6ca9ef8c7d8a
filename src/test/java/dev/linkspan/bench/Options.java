package dev.linkspan.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What may be chosen on the command line; each benchmark brings its own defaults. */
final class Options {

    private final Map<String, Integer> given = new HashMap<>();

    static Options of(List<String> arguments) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i += 2) {
            String key = arguments.get(i);
            if (!List.of("--warm", "--seconds", "--clients", "--links", "--rounds")
                            .contains(key)
                    || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("unknown option or missing number: " + key);
            }
            options.given.put(key, Integer.valueOf(arguments.get(i + 1)));
        }
        return options;
    }

    Duration warm(int seconds) {
        return Duration.ofSeconds(given.getOrDefault("--warm", seconds));
    }

    Duration measured(int seconds) {
        return Duration.ofSeconds(given.getOrDefault("--seconds", seconds));
    }

    int clients(int number) {
        return given.getOrDefault("--clients", number);
    }

    int links(int number) {
        return given.getOrDefault("--links", number);
    }

    int rounds(int number) {
        return given.getOrDefault("--rounds", number);
    }
}
