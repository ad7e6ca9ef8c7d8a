package dev.linkspan.ui.link;

import dev.linkspan.link.ContactHour;
import dev.linkspan.ui.shared.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The drawing of the last 24 hours of a link, newest right: a tall bar is an hour with contact, a short one an hour in
 * which a probe failed, a dot an hour in which nobody asked.
 */
final class ContactStrip {
    static final int HOURS = 24;
    private static final String TALL = "M%s 1h2.5v12h-2.5z";
    private static final String SHORT = "M%s 8h2.5v5h-2.5z";
    private static final String DOT = "M%s 11h2.5v2h-2.5z";
    private static final int STEP = 4;

    private ContactStrip() {}

    static String of(List<ContactHour> hours, Instant now) {
        Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1L));
        Map<Instant, ContactHour> known =
                hours.stream().collect(Collectors.toMap(ContactHour::hour, Function.identity(), (one, same) -> one));
        StringBuilder good = new StringBuilder();
        StringBuilder bad = new StringBuilder();
        StringBuilder none = new StringBuilder();
        int asked = 0;
        int succeeded = 0;
        for (int i = 0; i < HOURS; i++) {
            ContactHour hour = known.get(first.plus(Duration.ofHours(i)));
            int x = i * STEP;
            if (hour == null) {
                none.append(DOT.formatted(x));
            } else if (hour.failures() > 0) {
                bad.append(SHORT.formatted(x));
                asked++;
            } else {
                good.append(TALL.formatted(x));
                asked++;
                succeeded++;
            }
        }
        String text = asked == 0 ? Texts.of("links.strip.none") : Texts.of("links.strip", succeeded, asked);
        return "<svg class=\"ls-strip\" viewBox=\"0 0 96 14\" role=\"img\" aria-label=\"" + text + "\"><title>" + text
                + "</title>" + path("good", good) + path("bad", bad) + path("none", none) + "</svg>";
    }

    private static String path(String name, StringBuilder bars) {
        return bars.isEmpty() ? "" : "<path class=\"" + name + "\" d=\"" + bars + "\"/>";
    }
}
