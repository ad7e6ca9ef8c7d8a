package dev.linkspan.member;

import dev.linkspan.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time span such as {@code 15d} or {@code 1d 3H} (auth.md 5.3): numbers with the units S, M, H, d, w, m, y, each at
 * most once, by the calendar from days on.
 */
public final class TokenExpiry {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})([SMHdwmy])");
    private static final Map<Character, ChronoUnit> UNITS = Map.of(
            'S', ChronoUnit.SECONDS,
            'M', ChronoUnit.MINUTES,
            'H', ChronoUnit.HOURS,
            'd', ChronoUnit.DAYS,
            'w', ChronoUnit.WEEKS,
            'm', ChronoUnit.MONTHS,
            'y', ChronoUnit.YEARS);
    private static final int LATEST_YEAR = 9999;

    private final Map<Character, Long> parts;

    private TokenExpiry(Map<Character, Long> parts) {
        this.parts = parts;
    }

    /**
     * Reads an expression.
     *
     * @throws dev.linkspan.problem.ProblemException 400 {@code Invalid expiry expression}
     */
    public static TokenExpiry parse(String expression) {
        Map<Character, Long> parts = new LinkedHashMap<>();
        for (String text : expression.split(" ")) {
            Matcher part = PART.matcher(text);
            if (!part.matches() || parts.put(part.group(2).charAt(0), Long.valueOf(part.group(1))) != null) {
                throw Problem.EXPIRY_INVALID.with();
            }
        }
        TokenExpiry expiry = new TokenExpiry(parts);
        expiry.from(Instant.EPOCH);
        return expiry;
    }

    /** The moment at which what is made at {@code start} expires. */
    public Instant from(Instant start) {
        try {
            ZonedDateTime end = start.atZone(ZoneOffset.UTC);
            for (Map.Entry<Character, Long> part : parts.entrySet()) {
                end = end.plus(part.getValue(), UNITS.get(part.getKey()));
            }
            if (end.getYear() > LATEST_YEAR) {
                throw Problem.EXPIRY_INVALID.with();
            }
            return end.toInstant();
        } catch (java.time.DateTimeException | ArithmeticException e) {
            throw Problem.EXPIRY_INVALID.with();
        }
    }
}
