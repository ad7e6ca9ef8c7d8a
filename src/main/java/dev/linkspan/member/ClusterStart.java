package dev.linkspan.member;

import dev.linkspan.access.Caller;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.DataDirectory;
import dev.linkspan.store.LinkspanProperties;
import dev.linkspan.store.StartupProblem;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Vault;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.KeyAndCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the cluster at the first start (its id, key and certificate) and finds it again at later ones; takes this
 * member's place in it.
 */
@Component
public class ClusterStart {
    static final String FIRST_ADDRESS = ":8443";

    private static final Logger log = LoggerFactory.getLogger(ClusterStart.class);
    private static final String PLACE_FILE = "member";
    private static final String TAKEN_DATABASE =
            "Another Linkspan process runs on this database, and clustering isn't enabled there. Enable it on that one"
                    + " (lxc cluster enable REMOTE: NAME, or PUT /1.0/cluster) and start this one again with a --name of"
                    + " its own; or give this one a database of its own by LINKSPAN_DATABASE_URL";
    private static final String TAKEN_MEMBER =
            "Another process runs as member \"%s\" of this cluster. Stop it first, or give this one a name of its own by"
                    + " --name";

    private final JdbcClient jdbc;
    private final ConfigurationHistory history;
    private final Vault vault;
    private final Clock clock;
    private final Path placeFile;
    private final String process = UUID.randomUUID().toString();
    private final String uuid;
    private final long memberId;

    ClusterStart(
            JdbcClient jdbc,
            Transactions transactions,
            ConfigurationHistory history,
            Vault vault,
            Clock clock,
            LinkspanProperties properties,
            DataDirectory data,
            MemberLock lock,
            ClusterCertificate certificate) {
        this.jdbc = jdbc;
        this.history = history;
        this.vault = vault;
        this.clock = clock;
        this.placeFile = data.path().resolve(PLACE_FILE);
        String wantedName = properties.name() == null ? null : checkedName(properties.name());
        String wantedAddress = properties.address() == null ? null : checkedAddress(properties.address());
        boolean clustered = clustered();
        if (clustered) {
            memberId = transactions.call(() -> findPlace(wantedName, wantedAddress));
            lock.take(MemberLock.member(memberId), TAKEN_MEMBER.formatted(name()));
        } else {
            lock.take(MemberLock.only(), TAKEN_DATABASE);
            memberId = transactions.call(() -> onlyPlace(wantedName, wantedAddress));
        }
        transactions.run(() -> {
            String addressBefore = httpsAddress();
            takePlace(wantedAddress);
            if (!httpsAddress().equals(addressBefore)) {
                history.record(Caller.system(), List.of(Configuration.HTTPS_ADDRESS), memberId);
            }
            if (clustered && !httpsAddress().isEmpty()) {
                takeClusterAddress(addressBefore);
            }
        });
        transactions.run(this::makeCluster);
        uuid = jdbc.sql("SELECT uuid FROM cluster").query(String.class).single();
        rememberPlace();
        certificate.serve(storedPair());
    }

    private boolean clustered() {
        return jdbc.sql("SELECT clustered FROM cluster")
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private String name() {
        return jdbc.sql("SELECT name FROM member WHERE id = :id")
                .param("id", memberId)
                .query(String.class)
                .single();
    }

    private static String checkedName(String name) {
        if (name.isBlank() || name.length() > 255 || name.contains("/") || name.startsWith("@")) {
            throw new StartupProblem("The name \"" + name
                    + "\" cannot be used: --name takes 1 to 255 characters, no slash, no leading @");
        }
        return name;
    }

    private static String checkedAddress(String address) {
        try {
            return Configuration.listenAddress(address);
        } catch (ProblemException e) {
            throw new StartupProblem("Cannot use --address: " + e.getMessage());
        }
    }

    /** The place of the only process on a database that isn't a cluster's. */
    private long onlyPlace(String wantedName, String wantedAddress) {
        List<Long> members = jdbc.sql("SELECT id FROM member ORDER BY id FOR UPDATE")
                .query(Long.class)
                .list();
        if (members.isEmpty()) {
            return insert(wantedName == null ? hostName() : wantedName, wantedAddress);
        }
        long id = members.getFirst();
        if (wantedName != null) {
            jdbc.sql("UPDATE member SET name = :name WHERE id = :id")
                    .param("name", wantedName)
                    .param("id", id)
                    .update();
        }
        return id;
    }

    /** The place that this data directory had before, or that of the wanted name, or a new one. */
    private long findPlace(String wantedName, String wantedAddress) {
        Optional<Long> earlier = earlierPlace();
        if (earlier.isPresent()) {
            String name = jdbc.sql("SELECT name FROM member WHERE id = :id")
                    .param("id", earlier.get())
                    .query(String.class)
                    .single();
            if (wantedName != null && !wantedName.equals(name)) {
                log.warn("This member is called {} in its cluster; --name {} is ignored", name, wantedName);
            }
            return earlier.get();
        }
        String name = wantedName == null ? hostName() : wantedName;
        return jdbc.sql("SELECT id FROM member WHERE name = :name FOR UPDATE")
                .param("name", name)
                .query(Long.class)
                .optional()
                .orElseGet(() -> insert(name, wantedAddress));
    }

    private Optional<Long> earlierPlace() {
        try {
            String[] place = Files.exists(placeFile)
                    ? Files.readString(placeFile).strip().split(" ")
                    : new String[0];
            return place.length != 2
                    ? Optional.empty()
                    : jdbc.sql("SELECT m.id FROM member m JOIN cluster c WHERE m.id = :id AND c.uuid = :uuid")
                            .param("id", place[1])
                            .param("uuid", place[0])
                            .query(Long.class)
                            .optional();
        } catch (IOException e) {
            throw new StartupProblem("Cannot read " + placeFile + ": " + e.getMessage());
        }
    }

    private void rememberPlace() {
        try {
            Files.writeString(placeFile, uuid + " " + memberId + "\n");
        } catch (IOException e) {
            throw new StartupProblem("Cannot write " + placeFile + ": " + e.getMessage());
        }
    }

    private long insert(String name, String wantedAddress) {
        String address = wantedAddress == null ? FIRST_ADDRESS : wantedAddress;
        jdbc.sql("""
                INSERT INTO member (name, https_address, process, heartbeat_at)
                VALUES (:name, :address, :process, UTC_TIMESTAMP(6))
                """)
                .param("name", name)
                .param("address", address)
                .param("process", process)
                .update();
        return jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    }

    /** Says who has the place now: a process that had it before finds out and stops. */
    private void takePlace(String wantedAddress) {
        jdbc.sql("""
                UPDATE member SET process = :process, heartbeat_at = UTC_TIMESTAMP(6),
                  https_address = COALESCE(:address, https_address)
                WHERE id = :id
                """)
                .param("process", process)
                .param("address", wantedAddress)
                .param("id", memberId)
                .update();
    }

    /** A new member needs an address that the others can call; one that was set by hand stays. */
    private void takeClusterAddress(String addressBefore) {
        String address = httpsAddress();
        String callable = Addresses.wildcard(address)
                ? Addresses.reachable(address).stream().findFirst().orElse("")
                : address;
        jdbc.sql("""
                UPDATE member SET cluster_address = :address
                WHERE id = :id AND cluster_address IN ('', :before)
                """)
                .param("address", callable)
                .param("before", addressBefore)
                .param("id", memberId)
                .update();
    }

    private String httpsAddress() {
        return jdbc.sql("SELECT https_address FROM member WHERE id = :id")
                .param("id", memberId)
                .query(String.class)
                .single();
    }

    private void makeCluster() {
        if (jdbc.sql("SELECT COUNT(*) FROM cluster").query(Integer.class).single() > 0) {
            return;
        }
        String address = httpsAddress();
        List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        Addresses.reachable(address).stream()
                .map(Addresses::host)
                .filter(host -> !hosts.contains(host))
                .forEach(hosts::add);
        KeyAndCertificate pair = KeyAndCertificate.generate(dnsName(name()), hosts, clock.instant());
        jdbc.sql("""
                INSERT INTO cluster (id, uuid, certificate, private_key, created_at)
                VALUES (1, :uuid, :certificate, :key, :now)
                """)
                .param("uuid", UUID.randomUUID().toString())
                .param("certificate", Certificates.pem(pair.certificate()))
                .param("key", vault.encrypt(pair.key().getEncoded()))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private KeyAndCertificate storedPair() {
        return jdbc.sql("SELECT private_key, certificate FROM cluster")
                .query((row, n) -> KeyAndCertificate.of(vault.decrypt(row.getBytes(1)), row.getString(2)))
                .single();
    }

    private static String dnsName(String name) {
        String dns = name.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9.-]", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        return dns.isEmpty() || dns.length() > 253 ? "linkspan" : dns;
    }

    private static String hostName() {
        try {
            Path file = Path.of("/etc/hostname");
            String name = Files.isReadable(file) ? Files.readString(file).strip() : "";
            return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (IOException e) {
            return "linkspan";
        }
    }

    /** The cluster's id, in bearer tokens and cookie names. */
    public String uuid() {
        return uuid;
    }

    /** The row of this member. */
    public long memberId() {
        return memberId;
    }

    /** This process, in its member's row. */
    String process() {
        return process;
    }
}
