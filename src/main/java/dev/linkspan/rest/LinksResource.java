package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.ActivateLink;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.CreateLinkFromToken;
import dev.linkspan.link.CreatePendingLink;
import dev.linkspan.link.CreatePublicLink;
import dev.linkspan.link.LinkEnd;
import dev.linkspan.link.LinkName;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkService;
import dev.linkspan.link.LinkState;
import dev.linkspan.link.LinkType;
import dev.linkspan.link.MemberStates;
import dev.linkspan.link.MemberStates.Words;
import dev.linkspan.link.OfferedCertificate;
import dev.linkspan.link.UpdateLink;
import dev.linkspan.problem.Problem;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/** {@code /1.0/cluster/links} (cluster-links.md chapter 1). */
@Component
class LinksResource implements Resource {
    private static final String LINKS = "/1.0/cluster/links";
    private static final String LINK = LINKS + "/{}";
    private static final String OWN = "/1.0/linkspan/cluster-links";
    private static final String ADDRESSES = "volatile.addresses";

    private final LinkService links;
    private final MemberStates members;
    private final Access access;

    LinksResource(LinkService links, MemberStates members, Access access) {
        this.links = links;
        this.members = members;
        this.access = access;
    }

    /** A link on the wire. */
    record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String name,
            String description,
            String type,
            SortedMap<String, String> config,
            List<String> usedBy) {}

    private record Post(
            String description,
            Map<String, String> config,
            String name,
            String type,
            String trustToken,
            List<String> authGroups,
            String clusterCertificate,
            String remoteAddress) {
        Post {
            name = text(name);
            type = text(type);
            trustToken = text(trustToken);
            clusterCertificate = text(clusterCertificate);
            remoteAddress = text(remoteAddress);
            config = config == null ? Map.of() : config;
        }

        private static String text(String value) {
            return value == null ? "" : value;
        }

        String addresses() {
            return text(config.get(ADDRESSES));
        }
    }

    private record Put(String description, Map<String, String> config) {}

    private record Rename(String name) {}

    private record State(List<Member> clusterLinkMembers) {}

    private record Member(String serverName, String address, String status) {}

    private record Offered(String fingerprint, String certificate) {}

    /** What an address answers, in more words than the stock state has. */
    private record Evidence(
            String address, String serverName, String status, String cause, String reason, String shownFingerprint) {}

    private record Standing(String standing, List<Evidence> addresses) {}

    private record End(String peer, String detail, String remains) {}

    private record Overview(
            String name,
            String type,
            String phase,
            List<String> addresses,
            List<String> authGroups,
            boolean tokenOut,
            @JsonInclude(JsonInclude.Include.NON_NULL) String tokenExpiresAt) {
        static Overview of(LinkOverview overview) {
            ClusterLink link = overview.link();
            return new Overview(
                    link.name(),
                    link.type().wireName(),
                    link.phase().name().toLowerCase(Locale.ROOT),
                    link.addresses(),
                    overview.groups(),
                    overview.tokenOut(),
                    overview.tokenExpiresAt() == null
                            ? null
                            : overview.tokenExpiresAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString());
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", LINKS, this::list)
                .open("POST", LINKS, this::post)
                .on("GET", LINK, this::get)
                .on("PUT", LINK, request -> update(request, true))
                .on("PATCH", LINK, request -> update(request, false))
                .on("POST", LINK, this::rename)
                .on("DELETE", LINK, this::delete)
                .on("GET", LINK + "/state", this::state)
                .open("GET", MemberStates.PATH + "{}/" + Words.STATE.segment(), this::stateHere)
                .open("GET", MemberStates.PATH + "{}/" + Words.STANDING.segment(), this::standingHere)
                .on("GET", OWN, this::overviews)
                .on("GET", OWN + "/{}", this::overview)
                .on("DELETE", OWN + "/{}", this::deleteAndTell)
                .on("GET", OWN + "/{}/state", this::standing)
                .on("POST", OWN + "/{}/token", this::reissue)
                .on("DELETE", OWN + "/{}/token", this::revoke);
    }

    private Answer list(ApiRequest request) {
        request.requireRecursionForEntitlements();
        Caller caller = request.caller();
        List<String> requested = request.requestedEntitlements();
        access.requireReportable(caller, EntityType.CLUSTER_LINK, caller.unrestricted() ? List.of() : requested);
        List<ClusterLink> visible = links.list(caller);
        if (!visible.isEmpty()) {
            access.requireReportable(caller, EntityType.CLUSTER_LINK, requested);
        }
        if (!request.query().recursive()) {
            return Answer.of(
                    visible.isEmpty()
                            ? null
                            : visible.stream()
                                    .map(link -> link.url().toString())
                                    .toList());
        }
        return Answer.of(
                visible.stream().map(link -> wire(caller, link, requested)).toList());
    }

    private Wire wire(Caller caller, ClusterLink link, List<String> requested) {
        return new Wire(
                access.held(caller, link.reference(), requested),
                link.name(),
                link.description(),
                link.type().wireName(),
                link.wireConfig(),
                List.of());
    }

    private Answer get(ApiRequest request) {
        List<String> requested = request.requestedEntitlements();
        ClusterLink link = links.get(request.caller(), request.argument(0));
        access.requireReportable(request.caller(), EntityType.CLUSTER_LINK, requested);
        return Answer.tagged(wire(request.caller(), link, requested), etag(link));
    }

    private static String etag(ClusterLink link) {
        return ETags.ofLink(link.description(), link.wireConfig());
    }

    /** Tells the modes apart in the order of cluster-links.md 1.10. */
    private Answer post(ApiRequest request) {
        Post post = request.body(Post.class);
        LinkType type = LinkType.ofWireName(post.type()).orElseThrow(() -> Problem.LINK_TYPE_INVALID.with(post.type()));
        if (!post.name().isEmpty()) {
            LinkName.checked(post.name());
        }
        if (type == LinkType.PUBLIC) {
            return publicLink(request.caller(), post);
        }
        if (!post.remoteAddress().isEmpty()) {
            throw Problem.ADDRESS_ONLY_PUBLIC.with();
        }
        if (!post.name().isEmpty() && post.trustToken().isEmpty()) {
            return pending(request.caller(), type, post);
        }
        if (post.trustToken().isEmpty()) {
            throw Problem.TOKEN_REQUIRED.with();
        }
        if (post.name().isEmpty() && post.addresses().isBlank()) {
            throw Problem.LINK_REQUEST_INVALID.with();
        }
        TrustToken token = TrustToken.decode(post.trustToken());
        if (post.name().isEmpty()) {
            String fingerprint = links.activate(
                    request.caller(), new ActivateLink(token, post.clusterCertificate(), post.addresses()));
            return Answer.created(EntityUrl.of(EntityType.IDENTITY, "tls", fingerprint), null);
        }
        var command = new CreateLinkFromToken(post.name(), post.description(), post.config(), post.authGroups(), token);
        if (type == LinkType.UNIDIRECTIONAL) {
            links.createUnidirectional(request.caller(), command);
            return Answer.done();
        }
        String fingerprint = links.createFromToken(request.caller(), command);
        return Answer.created(EntityUrl.of(EntityType.IDENTITY, "tls", fingerprint), null);
    }

    private Answer publicLink(Caller caller, Post post) {
        refusePublic(post);
        if (!post.clusterCertificate().isEmpty()) {
            links.confirmPublic(caller, post.name(), post.clusterCertificate());
            return Answer.done();
        }
        OfferedCertificate offered = links.createPublic(
                caller, new CreatePublicLink(post.name(), post.description(), post.config(), post.remoteAddress()));
        return Answer.of(new Offered(offered.fingerprint(), offered.pem()));
    }

    private static void refusePublic(Post post) {
        if (post.name().isEmpty()) {
            throw Problem.PUBLIC_NEEDS_NAME.with();
        }
        if (!post.trustToken().isEmpty()) {
            throw Problem.PUBLIC_NO_TOKEN.with();
        }
        if (post.authGroups() != null && !post.authGroups().isEmpty()) {
            throw Problem.PUBLIC_NO_GROUPS.with();
        }
        if (post.remoteAddress().isEmpty()) {
            throw Problem.PUBLIC_NEEDS_ADDRESS.with();
        }
    }

    private Answer pending(Caller caller, LinkType type, Post post) {
        var command = new CreatePendingLink(post.name(), post.description(), post.config(), post.authGroups());
        IssuedToken issued = type == LinkType.UNIDIRECTIONAL
                ? links.createPendingUnidirectional(caller, command)
                : links.createPending(caller, command);
        return Answer.created(issued.identity(), issued.token().wire());
    }

    private Answer update(ApiRequest request, boolean replace) {
        links.requireEditable(request.caller(), request.argument(0));
        Put put = request.body(Put.class);
        links.update(
                request.caller(),
                request.argument(0),
                new UpdateLink(put.description(), put.config(), replace),
                link -> ETags.require(request.ifMatch(), etag(link)));
        return Answer.done();
    }

    private Answer rename(ApiRequest request) {
        links.requireEditable(request.caller(), request.argument(0));
        Rename rename = request.body(Rename.class);
        links.rename(request.caller(), request.argument(0), rename.name());
        return Answer.done();
    }

    private Answer delete(ApiRequest request) {
        links.delete(request.caller(), request.argument(0));
        return Answer.done();
    }

    private Answer state(ApiRequest request) {
        return elsewhere(request, Words.STATE)
                .orElseGet(() -> state(links.state(request.caller(), request.argument(0))));
    }

    /** What another member sees, if that is what was asked for. */
    private Optional<Answer> elsewhere(ApiRequest request, Words words) {
        String target = request.query().get("target");
        return target.isEmpty()
                ? Optional.empty()
                : members.elsewhere(request.caller(), request.argument(0), target, words)
                        .map(Answer::of);
    }

    /** For the other members of this cluster. */
    private Answer stateHere(ApiRequest request) {
        return state(members.here(request.caller(), request.argument(0)).state());
    }

    /** For the other members of this cluster. */
    private Answer standingHere(ApiRequest request) {
        MemberStates.Seen seen = members.here(request.caller(), request.argument(0));
        return standing(seen.type(), seen.state());
    }

    private static Answer state(LinkState state) {
        return Answer.of(new State(state.addresses().stream()
                .map(address -> new Member(
                        address.serverName(),
                        address.address(),
                        address.status().wireName()))
                .toList()));
    }

    private Answer overviews(ApiRequest request) {
        return Answer.of(
                links.overview(request.caller()).stream().map(Overview::of).toList());
    }

    private Answer overview(ApiRequest request) {
        return Answer.of(Overview.of(links.overview(request.caller(), request.argument(0))));
    }

    private Answer standing(ApiRequest request) {
        return elsewhere(request, Words.STANDING).orElseGet(() -> {
            LinkState state = links.state(request.caller(), request.argument(0));
            return standing(links.get(request.caller(), request.argument(0)).type(), state);
        });
    }

    private static Answer standing(LinkType type, LinkState state) {
        return Answer.of(new Standing(
                state.standing(type).wireName(),
                state.addresses().stream()
                        .map(address -> new Evidence(
                                address.address(),
                                address.serverName(),
                                address.status().wireName(),
                                address.cause().wireName(),
                                address.reason(),
                                address.shown()))
                        .toList()));
    }

    private Answer deleteAndTell(ApiRequest request) {
        LinkEnd end = links.deleteAndTell(request.caller(), request.argument(0));
        return Answer.of(new End(
                end.peer().name().toLowerCase(Locale.ROOT),
                end.detail(),
                end.remains().name().toLowerCase(Locale.ROOT)));
    }

    private Answer revoke(ApiRequest request) {
        links.revokeToken(request.caller(), request.argument(0));
        return Answer.done();
    }

    private Answer reissue(ApiRequest request) {
        IssuedToken issued = links.reissueToken(request.caller(), request.argument(0));
        return Answer.of(issued.token().wire());
    }
}
