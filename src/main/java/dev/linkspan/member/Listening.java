package dev.linkspan.member;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.StartupProblem;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Ports;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The address that this member listens on, and those under which others reach it. */
@Component
public class Listening {
    private final JdbcClient jdbc;
    private final ClusterStart start;
    private final Ports ports;
    private volatile String address = "";

    Listening(JdbcClient jdbc, ClusterStart start, Ports ports) {
        this.jdbc = jdbc;
        this.start = start;
        this.ports = ports;
    }

    @EventListener
    void begin(WebServerInitializedEvent event) {
        try {
            move(stored());
        } catch (ProblemException e) {
            throw new StartupProblem(e.getMessage() + ". Choose another one by --address");
        }
    }

    private String stored() {
        return jdbc.sql("SELECT https_address FROM member WHERE id = :id")
                .param("id", start.memberId())
                .query(String.class)
                .single();
    }

    /** Listens on another address. */
    void move(String canonical) {
        ports.listen(canonical);
        address = canonical;
    }

    /** {@code core.https_address} in force; empty when the server doesn't listen on the network. */
    public String address() {
        return address;
    }

    /** The addresses under which others can reach this member; empty when there are none. */
    public List<String> reachable() {
        return Addresses.reachable(address);
    }

    /** The addresses under which others can reach any member of this cluster, those of this one first. */
    public List<String> ofAllMembers() {
        List<String> all = new ArrayList<>(reachable());
        jdbc.sql("SELECT addresses FROM member WHERE id <> :id AND addresses <> '' ORDER BY id")
                .param("id", start.memberId())
                .query(String.class)
                .list()
                .forEach(addresses -> all.addAll(List.of(addresses.split(","))));
        return all.stream().distinct().toList();
    }

    /**
     * The addresses to put in a trust token.
     *
     * @throws ProblemException 500 when the server listens on no address that could be offered
     */
    public List<String> offered() {
        if (address.isEmpty()) {
            throw Problem.NOT_LISTENING.with();
        }
        if (reachable().isEmpty()) {
            throw Problem.NO_ADDRESS_TO_OFFER.with(address);
        }
        return ofAllMembers();
    }
}
