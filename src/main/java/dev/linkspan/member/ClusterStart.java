package dev.linkspan.member;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.LinkspanProperties;
import dev.linkspan.store.StartupProblem;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Vault;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.KeyAndCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the cluster at the first start (its id, key and certificate) and finds it again at later ones; takes this
 * member's place in it.
 */
@Component
public class ClusterStart {
    static final String FIRST_ADDRESS = ":8443";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;
    private final String uuid;
    private final String memberName;
    private final long memberId;

    ClusterStart(
            JdbcClient jdbc,
            Transactions transactions,
            Vault vault,
            Clock clock,
            LinkspanProperties properties,
            MemberLock lock,
            ClusterCertificate certificate) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
        String wantedName = properties.name() == null ? null : checkedName(properties.name());
        String wantedAddress = properties.address() == null ? null : checkedAddress(properties.address());
        lock.take();
        memberId = transactions.call(() -> takePlace(wantedName, wantedAddress));
        memberName = jdbc.sql("SELECT name FROM member WHERE id = :id")
                .param("id", memberId)
                .query(String.class)
                .single();
        transactions.run(this::makeCluster);
        uuid = jdbc.sql("SELECT uuid FROM cluster").query(String.class).single();
        certificate.serve(storedPair());
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

    private long takePlace(String wantedName, String wantedAddress) {
        String process = UUID.randomUUID().toString();
        Timestamp now = Timestamp.from(clock.instant());
        List<Long> members = jdbc.sql("SELECT id FROM member ORDER BY id FOR UPDATE")
                .query(Long.class)
                .list();
        if (members.isEmpty()) {
            jdbc.sql(
                            "INSERT INTO member (name, https_address, process, heartbeat_at) VALUES (:name, :address, :process, :now)")
                    .param("name", wantedName == null ? hostName() : wantedName)
                    .param("address", wantedAddress == null ? FIRST_ADDRESS : wantedAddress)
                    .param("process", process)
                    .param("now", now)
                    .update();
            return jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
        }
        long id = members.getFirst();
        jdbc.sql("""
                UPDATE member SET process = :process, heartbeat_at = :now,
                  name = COALESCE(:name, name), https_address = COALESCE(:address, https_address)
                WHERE id = :id
                """)
                .param("process", process)
                .param("now", now)
                .param("name", wantedName)
                .param("address", wantedAddress)
                .param("id", id)
                .update();
        return id;
    }

    private void makeCluster() {
        if (jdbc.sql("SELECT COUNT(*) FROM cluster").query(Integer.class).single() > 0) {
            return;
        }
        String address = jdbc.sql("SELECT https_address FROM member WHERE id = :id")
                .param("id", memberId)
                .query(String.class)
                .single();
        List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        Addresses.reachable(address).stream()
                .map(Addresses::host)
                .filter(host -> !hosts.contains(host))
                .forEach(hosts::add);
        KeyAndCertificate pair = KeyAndCertificate.generate(dnsName(memberName), hosts, clock.instant());
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
        } catch (UnknownHostException e) {
            return "linkspan";
        } catch (java.io.IOException e) {
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

    String memberName() {
        return memberName;
    }
}
