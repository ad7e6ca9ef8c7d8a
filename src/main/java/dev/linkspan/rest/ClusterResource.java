package dev.linkspan.rest;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.member.ClusterMember;
import dev.linkspan.member.ClusterService;
import dev.linkspan.member.EnableCluster;
import dev.linkspan.operation.NewOperation;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.Operations;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code /1.0/cluster}, its members and its certificate (cluster-links.md 4.2 and 4.3). */
@Component
class ClusterResource implements Resource {
    private static final String MEMBERS = "/1.0/cluster/members";

    private final ClusterService cluster;
    private final Operations operations;

    ClusterResource(ClusterService cluster, Operations operations) {
        this.cluster = cluster;
        this.operations = operations;
    }

    private record Cluster(String serverName, boolean enabled, List<String> memberConfig) {}

    private record Put(String serverName, boolean enabled, String clusterAddress, String clusterToken) {}

    private record Certificate(String clusterCertificate, String clusterCertificateKey) {
        Certificate {
            clusterCertificate = clusterCertificate == null ? "" : clusterCertificate;
            clusterCertificateKey = clusterCertificateKey == null ? "" : clusterCertificateKey;
        }
    }

    private record Member(
            String serverName,
            String url,
            boolean database,
            String status,
            String message,
            String architecture,
            List<String> roles,
            String failureDomain,
            String description,
            Map<String, String> config,
            List<String> groups) {
        static Member of(ClusterMember member) {
            return new Member(
                    member.name(),
                    member.address().isEmpty() ? "" : "https://" + member.address(),
                    true,
                    member.online() ? "Online" : "Offline",
                    member.online()
                            ? "Fully operational"
                            : "No heartbeat for " + member.silent().toSeconds() + "s",
                    Host.ARCHITECTURE,
                    List.of(member.leader() ? "database-leader" : "database"),
                    "default",
                    "",
                    Map.of(),
                    List.of("default"));
        }

        /** Of what may be written, as LXD does it. */
        String etag() {
            record Writable(
                    Map<String, String> config,
                    List<String> roles,
                    String failureDomain,
                    String description,
                    List<String> groups) {}
            return ETags.of(new Writable(config, roles, failureDomain, description, groups));
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", "/1.0/cluster", this::get)
                .on("PUT", "/1.0/cluster", this::put)
                .on("PUT", "/1.0/cluster/certificate", this::replaceCertificate)
                .on("GET", MEMBERS, this::members)
                .on("GET", MEMBERS + "/{}", this::member)
                .on("DELETE", MEMBERS + "/{}", this::remove);
    }

    private Answer get(ApiRequest request) {
        ClusterService.Info info = cluster.info(request.caller());
        Cluster wire = new Cluster(info.serverName(), info.enabled(), List.of());
        return Answer.tagged(wire, ETags.of(wire));
    }

    private Answer put(ApiRequest request) {
        cluster.requireEditable(request.caller());
        Put put = request.body(Put.class);
        EnableCluster command = new EnableCluster(put.serverName(), put.enabled());
        cluster.requireChangeable(request.caller(), command, put.clusterAddress(), put.clusterToken());
        Operation operation = operations.start(
                request.caller(),
                new NewOperation(
                        command.enabled() ? "Creating bootstrap node" : "Leaving cluster", 0, null, Map.of(), Map.of()),
                progress -> cluster.change(request.caller(), command));
        return Answer.begun(operation);
    }

    private Answer replaceCertificate(ApiRequest request) {
        cluster.requireEditable(request.caller());
        Certificate certificate = request.body(Certificate.class);
        cluster.replaceCertificate(
                request.caller(), certificate.clusterCertificate(), certificate.clusterCertificateKey());
        return Answer.done();
    }

    private Answer members(ApiRequest request) {
        List<ClusterMember> members = cluster.members(request.caller());
        return Answer.of(
                request.query().recursive()
                        ? members.stream().map(Member::of).toList()
                        : members.stream()
                                .map(member -> MEMBERS + "/" + EntityUrl.encode(member.name()))
                                .toList());
    }

    private Answer member(ApiRequest request) {
        Member member = Member.of(cluster.member(request.caller(), request.argument(0)));
        return Answer.tagged(member, member.etag());
    }

    private Answer remove(ApiRequest request) {
        cluster.remove(request.caller(), request.argument(0));
        return Answer.done();
    }
}
