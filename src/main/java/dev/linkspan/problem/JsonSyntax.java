package dev.linkspan.problem;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what is wrong with a JSON text, in the words that clients of the API know (cluster-links.md 0). */
public final class JsonSyntax {
    private JsonSyntax() {}

    /**
     * The reason why {@code json} could not be read.
     *
     * @param whenCut what to say when the text ends too early
     */
    public static String reason(byte[] json, JacksonException problem, String whenCut) {
        int start = 0;
        while (start < json.length && Character.isWhitespace(json[start])) {
            start++;
        }
        if (start == json.length) {
            return start == 0 && whenCut.equals("unexpected EOF") ? "EOF" : whenCut;
        }
        int first = json[start] & 0xff;
        if ("{[\"-0123456789tfn".indexOf(first) < 0) {
            return "invalid character " + quoted(first) + " looking for beginning of value";
        }
        if (problem instanceof UnexpectedEndOfInputException
                || problem.getOriginalMessage().startsWith("Unexpected end-of-input")) {
            return whenCut;
        }
        if (problem instanceof StreamConstraintsException) {
            return "the JSON text exceeds a limit: " + problem.getOriginalMessage();
        }
        if (problem instanceof MismatchedInputException mismatch) {
            String path = mismatch.getPath().isEmpty()
                    ? "the body"
                    : "field \"" + mismatch.getPath().getFirst().getPropertyName() + "\"";
            return "json: cannot unmarshal " + path + ": a value of another type is expected";
        }
        long offset = problem.getLocation() == null ? -1 : problem.getLocation().getByteOffset();
        if (offset >= 0 && offset < json.length) {
            return "invalid character " + quoted(json[(int) offset] & 0xff) + " at byte " + offset;
        }
        return "invalid JSON: " + problem.getOriginalMessage();
    }

    private static String quoted(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    yield "'\\x%02x'".formatted(c);
                }
                if (c >= 0x80 && c <= 0xa0 || c == 0xad) {
                    yield "'\\u%04x'".formatted(c);
                }
                yield "'" + new String(new char[] {(char) c}) + "'";
            }
        };
    }

    /** UTF-8 bytes of a JSON text. */
    public static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
