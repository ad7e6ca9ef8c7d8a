package dev.linkspan.link;

import dev.linkspan.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/** The results of probes, as they are stored. */
@Component
class Contacts {
    private static final String TARGETS = """
            SELECT l.id, l.name, l.type, l.addresses, p.fingerprint AS pin, o.fingerprint AS other, o.role,
                   c.status, c.since, c.failures, c.view, c.refreshed_at
            FROM link_contact c
              JOIN cluster_link l ON l.id = c.link_id AND l.phase = 'ACTIVE'
              %s
              LEFT JOIN link_other_certificate o ON o.link_id = l.id AND o.until > UTC_TIMESTAMP(6)
            """.formatted(PinnedCertificates.JOIN);
    private static final String CONTACTS = """
            SELECT link_id, status, reason, since, good_addresses, all_addresses, checked_at, last_contact_at, refreshed_at,
              software, members
            FROM link_contact
            """;
    private static final int DELETED_AT_ONCE = 5_000;
    private static final int MOST_CHANGES = 1_000;

    private final NamedParameterJdbcTemplate jdbc;
    private final Transactions transactions;

    Contacts(NamedParameterJdbcTemplate jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Links that became active are asked for the first time at {@code first}. */
    int addMissing(Instant now, Instant first) {
        return jdbc.update("""
                INSERT IGNORE INTO link_contact (link_id, status, reason, since, next_probe_at)
                SELECT l.id, 'UNKNOWN', '', :now, :first
                FROM cluster_link l LEFT JOIN link_contact c ON c.link_id = l.id
                WHERE l.phase = 'ACTIVE' AND c.link_id IS NULL
                """, Map.of("now", Timestamp.from(now), "first", Timestamp.from(first)));
    }

    List<ProbeTarget> due(Instant now, int most) {
        return jdbc.query(
                TARGETS + " WHERE c.next_probe_at <= :now ORDER BY c.next_probe_at LIMIT :most",
                Map.of("now", Timestamp.from(now), "most", most),
                (row, n) -> target(row));
    }

    Optional<ProbeTarget> target(long linkId) {
        return jdbc.query(TARGETS + " WHERE c.link_id = :id", Map.of("id", linkId), (row, n) -> target(row)).stream()
                .findFirst();
    }

    List<ProbeTarget> targets() {
        return jdbc.query(TARGETS + " ORDER BY l.name", Map.of(), (row, n) -> target(row));
    }

    private static ProbeTarget target(ResultSet row) throws SQLException {
        String addresses = row.getString("addresses");
        return new ProbeTarget(
                row.getLong("id"),
                row.getString("name"),
                LinkType.valueOf(row.getString("type")),
                addresses.isEmpty() ? List.of() : List.of(addresses.split(",")),
                row.getString("pin"),
                row.getString("other"),
                OtherCertificates.NEXT.equals(row.getString("role")),
                ContactStatus.valueOf(row.getString("status")),
                row.getTimestamp("since").toInstant(),
                row.getInt("failures"),
                row.getBytes("view"),
                instant(row, "refreshed_at"));
    }

    /** Says that these are being asked, so that nobody else does before {@code until}. */
    void takeUp(List<ProbeTarget> targets, Instant until) {
        jdbc.update(
                "UPDATE link_contact SET next_probe_at = :until WHERE link_id IN (:ids)",
                Map.of(
                        "until",
                        Timestamp.from(until),
                        "ids",
                        targets.stream().map(ProbeTarget::linkId).toList()));
    }

    /** Makes links due at once; with {@code refresh} their addresses are asked for as well. */
    void askSoon(Collection<Long> linkIds, Instant now, boolean refresh) {
        if (!linkIds.isEmpty()) {
            String more = refresh ? ", refreshed_at = NULL" : "";
            jdbc.update(
                    "UPDATE link_contact SET next_probe_at = :now" + more + " WHERE link_id IN (:ids)",
                    Map.of("now", Timestamp.from(now), "ids", linkIds));
        }
    }

    /**
     * Stores what came of probes, by four statements for any number of them; links that were deleted meanwhile are left
     * out.
     *
     * @return those whose status is another one now
     */
    List<ProbeOutcome> record(List<ProbeOutcome> outcomes, Map<Long, Instant> nextProbes) {
        Map<Long, ContactStatus> before = lockStatuses(
                outcomes.stream().map(outcome -> outcome.target().linkId()).toList());
        List<ProbeOutcome> changed = outcomes.stream()
                .filter(outcome -> before.getOrDefault(outcome.target().linkId(), outcome.status()) != outcome.status())
                .toList();
        jdbc.batchUpdate("""
                UPDATE link_contact SET since = IF(status = :status, since, :at), status = :status, reason = :reason,
                  good_addresses = :good, all_addresses = :all, shown_pem = :shown, checked_at = :at,
                  last_contact_at = COALESCE(:contactAt, last_contact_at), failures = IF(:active, 0, failures + 1),
                  next_probe_at = :next, refreshed_at = COALESCE(:refreshedAt, refreshed_at), view = COALESCE(:view, view),
                  software = COALESCE(:software, software), members = COALESCE(:members, members)
                WHERE link_id = :id
                """, parameters(outcomes, nextProbes));
        jdbc.batchUpdate("""
                INSERT IGNORE INTO link_contact_hour (link_id, hour, contacts, failures)
                VALUES (:id, :hour, :contacts, :failed)
                ON DUPLICATE KEY UPDATE contacts = contacts + VALUE(contacts), failures = failures + VALUE(failures)
                """, outcomes.stream().map(Contacts::hour).toArray(SqlParameterSource[]::new));
        if (!changed.isEmpty()) {
            jdbc.batchUpdate("""
                    INSERT IGNORE INTO link_contact_change (link_id, at, status, reason, good_addresses, all_addresses)
                    VALUES (:id, :at, :status, :reason, :good, :all)
                    """, changed.stream().map(Contacts::change).toArray(SqlParameterSource[]::new));
        }
        return changed;
    }

    /** A link may be asked twice at the same time, when somebody wants to know now. */
    private Map<Long, ContactStatus> lockStatuses(List<Long> linkIds) {
        Map<Long, ContactStatus> statuses = new HashMap<>();
        jdbc.query(
                "SELECT link_id, status FROM link_contact WHERE link_id IN (:ids) ORDER BY link_id FOR UPDATE",
                Map.of("ids", linkIds),
                row -> {
                    statuses.put(row.getLong(1), ContactStatus.valueOf(row.getString(2)));
                });
        return statuses;
    }

    private static SqlParameterSource[] parameters(List<ProbeOutcome> outcomes, Map<Long, Instant> nextProbes) {
        return outcomes.stream()
                .map(outcome -> {
                    Timestamp at = Timestamp.from(outcome.at());
                    return new MapSqlParameterSource("id", outcome.target().linkId())
                            .addValue("status", outcome.status().name())
                            .addValue("reason", outcome.reason())
                            .addValue("active", outcome.status() == ContactStatus.ACTIVE)
                            .addValue("good", outcome.goodAddresses())
                            .addValue("all", outcome.target().addresses().size())
                            .addValue("shown", outcome.shownPem())
                            .addValue("at", at)
                            .addValue("contactAt", outcome.status().contact() ? at : null)
                            .addValue(
                                    "next",
                                    Timestamp.from(
                                            nextProbes.get(outcome.target().linkId())))
                            .addValue("refreshedAt", outcome.refreshed() ? at : null)
                            .addValue("view", outcome.view())
                            .addValue("software", outcome.software())
                            .addValue("members", outcome.members());
                })
                .toArray(SqlParameterSource[]::new);
    }

    private static SqlParameterSource hour(ProbeOutcome outcome) {
        boolean contact = outcome.status().contact();
        return new MapSqlParameterSource("id", outcome.target().linkId())
                .addValue("hour", Timestamp.from(outcome.at().truncatedTo(ChronoUnit.HOURS)))
                .addValue("contacts", contact ? 1 : 0)
                .addValue("failed", contact ? 0 : 1);
    }

    private static SqlParameterSource change(ProbeOutcome outcome) {
        return new MapSqlParameterSource("id", outcome.target().linkId())
                .addValue("at", Timestamp.from(outcome.at()))
                .addValue("status", outcome.status().name())
                .addValue("reason", outcome.reason())
                .addValue("good", outcome.goodAddresses())
                .addValue("all", outcome.target().addresses().size());
    }

    /** Of all links; one query. */
    Map<Long, LinkContact> all() {
        return byLink(jdbc.query(CONTACTS, Map.of(), (row, n) -> contact(row)));
    }

    Map<Long, LinkContact> of(Collection<Long> linkIds) {
        return linkIds.isEmpty()
                ? Map.of()
                : byLink(jdbc.query(
                        CONTACTS + " WHERE link_id IN (:ids)", Map.of("ids", linkIds), (row, n) -> contact(row)));
    }

    private static Map<Long, LinkContact> byLink(List<LinkContact> contacts) {
        Map<Long, LinkContact> byLink = new HashMap<>();
        contacts.forEach(contact -> byLink.put(contact.linkId(), contact));
        return byLink;
    }

    private static LinkContact contact(ResultSet row) throws SQLException {
        return new LinkContact(
                row.getLong("link_id"),
                ContactStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getTimestamp("since").toInstant(),
                row.getInt("good_addresses"),
                row.getInt("all_addresses"),
                instant(row, "checked_at"),
                instant(row, "last_contact_at"),
                instant(row, "refreshed_at"),
                row.getString("software"),
                row.getInt("members"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    /** The certificate that was shown instead of the pinned one. */
    Optional<String> shownPem(long linkId) {
        return jdbc
                .queryForList(
                        "SELECT shown_pem FROM link_contact WHERE link_id = :id AND shown_pem IS NOT NULL",
                        Map.of("id", linkId),
                        String.class)
                .stream()
                .findFirst();
    }

    /** The hours from {@code from} on of these links, oldest first; one query. */
    Map<Long, List<ContactHour>> hours(Collection<Long> linkIds, Instant from) {
        Map<Long, List<ContactHour>> hours = new HashMap<>();
        if (!linkIds.isEmpty()) {
            jdbc.query("""
                    SELECT link_id, hour, contacts, failures FROM link_contact_hour
                    WHERE link_id IN (:ids) AND hour >= :from ORDER BY link_id, hour
                    """, Map.of("ids", linkIds, "from", Timestamp.from(from)), row -> {
                hours.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new ContactHour(row.getTimestamp(2).toInstant(), row.getInt(3), row.getInt(4)));
            });
        }
        return hours;
    }

    /** The changes of one link, latest first. */
    List<ContactChange> changes(long linkId) {
        return jdbc.query(
                """
                SELECT at, status, reason, good_addresses, all_addresses FROM link_contact_change
                WHERE link_id = :id ORDER BY at DESC, id DESC LIMIT :most
                """,
                Map.of("id", linkId, "most", MOST_CHANGES),
                (row, n) -> new ContactChange(
                        row.getTimestamp(1).toInstant(),
                        ContactStatus.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getObject(4, Integer.class),
                        row.getObject(5, Integer.class)));
    }

    /** Forgets what is older, in short transactions. */
    void forget(Instant now, Duration hours, Duration changes) {
        forget("DELETE FROM link_contact_hour WHERE hour < :before LIMIT " + DELETED_AT_ONCE, now.minus(hours));
        forget("DELETE FROM link_contact_change WHERE at < :before LIMIT " + DELETED_AT_ONCE, now.minus(changes));
    }

    private void forget(String batch, Instant before) {
        Map<String, Timestamp> parameters = Map.of("before", Timestamp.from(before));
        int deleted;
        do {
            deleted = transactions.call(() -> jdbc.update(batch, parameters));
        } while (deleted == DELETED_AT_ONCE);
    }
}
