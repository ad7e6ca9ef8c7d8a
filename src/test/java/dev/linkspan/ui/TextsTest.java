package dev.linkspan.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All texts of the console are in messages.properties, and all of messages.properties is used. */
class TextsTest {
    private static final Path CONSOLE = Path.of("src/main/java/dev/linkspan/ui");
    private static final Path MESSAGES = Path.of("src/main/resources/messages.properties");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\\R(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern KEY_IN_USE =
            Pattern.compile("(?:Texts\\.of|new Sentence)\\(\\s*\"([^\"]+)\"\\s*([,)+])", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile(".*(?:\\p{L}{2,} \\p{L}{2,}|^\\p{Lu}\\p{Ll}+).*");
    private static final Pattern MARKUP_TEXT = Pattern.compile(">([^<>{}$`]*\\p{L}{2,}[^<>{}$`]*)<");

    /** Texts for the log, for developers and for the machine: nobody reads them in a page. */
    private static final Set<String> NO_TEXTS_OF_THE_CONSOLE = Set.of(
            "The console failed outside of a page",
            "The console failed",
            "Not attached to the frame",
            "Host",
            "d MMM uuuu",
            "d MMM HH:mm",
            "d MMM uuuu HH:mm",
            "primary error",
            "Control+Z",
            "Control+Shift+Z",
            "Cluster link certificate",
            "lxc cluster link create ",
            "lxc remote add ",
            "curl --insecure --header \\\"Authorization: Bearer ",
            "width=device-width, initial-scale=1");

    @Test
    void noKeyStandsTwice() {
        Set<String> keys = new TreeSet<>();
        List<String> twice = read(MESSAGES)
                .lines()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(key -> !keys.add(key))
                .toList();
        assertThat(twice).isEmpty();
    }

    @Test
    void noViewHoldsATextOfItsOwn() {
        List<String> found = new ArrayList<>();
        sources().forEach(file -> {
            String code = COMMENT.matcher(read(file)).replaceAll("");
            Matcher blocks = TEXT_BLOCK.matcher(code);
            while (blocks.find()) {
                MARKUP_TEXT.matcher(blocks.group(1)).results().forEach(text -> found.add(file + ": " + text.group(1)));
            }
            Matcher literals = LITERAL.matcher(TEXT_BLOCK.matcher(code).replaceAll(""));
            while (literals.find()) {
                String literal = literals.group(1);
                if (readsLikeText(literal)) {
                    found.add(file + ": " + literal);
                }
            }
        });
        assertThat(found).isEmpty();
    }

    @Test
    void everyKeyThatIsUsedExists() {
        Set<String> missing = new TreeSet<>();
        Set<String> keys = messages().stringPropertyNames();
        sources().forEach(file -> {
            Matcher uses = KEY_IN_USE.matcher(read(file));
            while (uses.find()) {
                boolean prefix = uses.group(2).equals("+");
                boolean exists = prefix
                        ? keys.stream().anyMatch(key -> key.startsWith(uses.group(1)))
                        : keys.contains(uses.group(1));
                if (!exists) {
                    missing.add(uses.group(1));
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void everyKeyThatExistsIsUsed() {
        Set<String> literals = new TreeSet<>();
        sources().forEach(file -> LITERAL.matcher(TEXT_BLOCK.matcher(read(file)).replaceAll(""))
                .results()
                .forEach(literal -> literals.add(literal.group(1))));
        Set<String> unused = new TreeSet<>(messages().stringPropertyNames());
        unused.removeIf(key -> literals.contains(key)
                || literals.stream()
                        .anyMatch(literal -> literal.endsWith(".") && literal.length() > 2 && key.startsWith(literal))
                || literals.stream().anyMatch(literal -> literal.startsWith(".") && key.endsWith(literal)));
        assertThat(unused).isEmpty();
    }

    @Test
    void everyTextIsAPattern() {
        messages().forEach((key, text) -> assertThat(new MessageFormat((String) text).toPattern())
                .as((String) key)
                .isNotBlank());
    }

    @Test
    void textsKeepToTheRulesOfWriting() {
        messages().forEach((key, text) -> assertThat((String) text)
                .as((String) key)
                .doesNotContain("!", "'", "...")
                .doesNotContainIgnoringCase("please", "successfully"));
    }

    private static boolean readsLikeText(String literal) {
        boolean machine = literal.startsWith("--")
                || literal.contains("=>")
                || literal.contains("document.")
                || literal.contains("this.")
                || literal.contains("window.")
                || literal.startsWith("<")
                || literal.contains("ls-");
        return !machine && WORDS.matcher(literal).matches() && !NO_TEXTS_OF_THE_CONSOLE.contains(literal);
    }

    private static Properties messages() {
        Properties messages = new Properties();
        try (Reader in = Files.newBufferedReader(MESSAGES)) {
            messages.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(CONSOLE)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
