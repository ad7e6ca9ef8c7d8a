package dev.linkspan;

import dev.linkspan.store.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the person wants from us. */
sealed interface CommandLine {
    String USAGE =
            "usage: linkspan run [--data DIR] [--address HOST:PORT] [--name NAME] | linkspan sign-in-link [--data DIR]"
                    + " | linkspan rotate-certificate [--data DIR] [--yes]";

    /** Run the server; the options as Spring Boot reads them. */
    record Run(List<String> settings) implements CommandLine {}

    /** Ask the running server for a one-time sign-in link. */
    record SignInLink(Path data) implements CommandLine {}

    /** Change the certificate of the running server's cluster. */
    record RotateCertificate(Path data, boolean yes) implements CommandLine {}

    /**
     * @param environmentData the data directory named by the environment, null for none
     * @throws UsageProblem when the arguments mean nothing to us
     */
    static CommandLine parse(List<String> arguments, String environmentData) {
        String command = arguments.isEmpty() ? "run" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (command) {
            case "run" -> {
                var settings = new ArrayList<String>();
                options(rest, List.of("data", "address", "name"))
                        .forEach((name, value) -> settings.add("--linkspan." + name + "=" + value));
                yield new Run(List.copyOf(settings));
            }
            case "sign-in-link" -> {
                yield new SignInLink(data(rest, environmentData));
            }
            case "rotate-certificate" -> {
                List<String> others = rest.stream()
                        .filter(argument -> !argument.equals("--yes"))
                        .toList();
                yield new RotateCertificate(data(others, environmentData), others.size() < rest.size());
            }
            default -> throw new UsageProblem("there is no command \"" + command + "\"");
        };
    }

    private static Path data(List<String> arguments, String environmentData) {
        String data = options(arguments, List.of("data")).getOrDefault("data", environmentData);
        return data == null ? DataDirectory.defaultPath() : Path.of(data);
    }

    private static Map<String, String> options(List<String> arguments, List<String> known) {
        var options = new LinkedHashMap<String, String>();
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            String argument = left.next();
            String[] parts = argument.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (!known.contains(name)) {
                throw new UsageProblem("there is no option \"" + argument + "\"");
            }
            String value = parts.length == 2 ? parts[1] : left.hasNext() ? left.next() : "";
            if (value.isBlank()) {
                throw new UsageProblem("the option --" + name + " needs a value");
            }
            options.put(name, value);
        }
        return options;
    }

    /** The message says what is wrong with the arguments. */
    final class UsageProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageProblem(String message) {
            super(message);
        }
    }
}
