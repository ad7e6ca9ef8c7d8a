package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as the console writes them, in the reader's time zone. */
public record Times(ZoneId zone, Instant now) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter THIS_YEAR = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final int HOURS_WITHOUT_MINUTES = 10;
    private static final int DAYS_WITHOUT_HOURS = 30;
    private static final int DAYS_FOR_YEARS = 730;
    private static final double DAYS_OF_YEAR = 365.25;

    /** As the browser of this page sees it now. */
    public static Times of(UI ui) {
        return new Times(zone(ui.getPage().getExtendedClientDetails().getTimeZoneId()), Instant.now());
    }

    /** A browser may know a zone that we don't. */
    private static ZoneId zone(String name) {
        try {
            return name == null || name.isBlank() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** {@code 7 Dec 14:05}, with the year when it is another one. */
    public String at(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        boolean thisYear = local.getYear() == now.atZone(zone).getYear();
        return (thisYear ? THIS_YEAR : FULL).format(local);
    }

    /** {@code 14:05} today, else {@code 7 Dec 14:05}. */
    public String moment(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        return local.toLocalDate().equals(now.atZone(zone).toLocalDate()) ? CLOCK.format(local) : at(time);
    }

    /** {@code 7 Dec 2026 14:05}. */
    public String exactly(Instant time) {
        return FULL.format(time.atZone(zone));
    }

    /** {@code 7 Dec 2026}. */
    public String date(Instant time) {
        return DATE.format(time.atZone(zone));
    }

    /** {@code 5 h 58 min}: the time until then, or since then. */
    public String between(Instant time) {
        return words(Duration.between(now, time).abs());
    }

    /** {@code 5 h 58 min ago}, and from a day on {@code 21 Nov 18:40}. */
    public String ago(Instant time) {
        Duration since = Duration.between(time, now);
        if (since.toSeconds() <= 0) {
            return Texts.of("time.now");
        }
        return since.toDays() > 0 ? at(time) : Texts.of("time.ago", between(time));
    }

    /** {@code 14 days 22 hours}: the same, spelled out. */
    public String betweenInFull(Instant time) {
        Duration duration = Duration.between(now, time).abs();
        if (duration.toDays() >= DAYS_FOR_YEARS) {
            return Texts.of("time.years", Math.round(duration.toDays() / DAYS_OF_YEAR));
        }
        if (duration.toDays() >= DAYS_WITHOUT_HOURS) {
            return Texts.of("time.days-left", duration.toDays());
        }
        if (duration.toDays() > 0) {
            return Texts.of("time.days-hours", duration.toDays(), duration.toHoursPart());
        }
        if (duration.toHours() > 0) {
            return Texts.of("time.hours-minutes", duration.toHours(), duration.toMinutesPart());
        }
        return Texts.of("time.minutes-long", duration.toMinutes());
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return Texts.of("time.days", duration.toDays());
        }
        if (duration.toHours() >= HOURS_WITHOUT_MINUTES) {
            return Texts.of("time.hours", duration.toHours());
        }
        if (duration.toHours() > 0) {
            return Texts.of("time.hours-and-minutes", duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return Texts.of("time.minutes", duration.toMinutes());
        }
        return Texts.of("time.seconds", duration.toSeconds());
    }
}
