package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.CertificateService;
import dev.linkspan.identity.CreateCertificate;
import dev.linkspan.identity.Identity;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code /1.0/certificates} (auth.md 5.5). */
@Component
class CertificatesResource implements Resource {
    private static final String CERTIFICATES = "/1.0/certificates";
    private static final String CERTIFICATE = CERTIFICATES + "/{}";

    private final CertificateService certificates;
    private final Access access;

    CertificatesResource(CertificateService certificates, Access access) {
        this.certificates = certificates;
        this.access = access;
    }

    /** A client certificate on the wire. */
    private record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String name,
            String type,
            boolean restricted,
            List<String> projects,
            String certificate,
            String fingerprint) {
        static Wire of(Identity identity, List<String> entitlements) {
            return new Wire(
                    entitlements,
                    identity.name(),
                    "client",
                    false,
                    List.of(),
                    identity.certificate(),
                    identity.identifier());
        }
    }

    private record Body(
            String name,
            String type,
            boolean restricted,
            List<String> projects,
            String certificate,
            String password,
            String trustToken,
            boolean token) {
        CreateCertificate command() {
            return new CreateCertificate(name, type, restricted, projects, certificate, password, trustToken, token);
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", CERTIFICATES, this::list)
                .open("POST", CERTIFICATES, this::create)
                .on("GET", CERTIFICATE, this::get)
                .on("PUT", CERTIFICATE, this::update)
                .on("PATCH", CERTIFICATE, this::update)
                .on("DELETE", CERTIFICATE, this::delete);
    }

    private Answer list(ApiRequest request) {
        request.requireRecursionForEntitlements();
        Caller caller = request.caller();
        List<Identity> visible = certificates.list(caller);
        if (!request.query().recursive()) {
            return Answer.of(visible.stream()
                    .map(identity -> EntityUrl.of(EntityType.CERTIFICATE, identity.identifier())
                            .toString())
                    .toList());
        }
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.CERTIFICATE, requested);
        }
        return Answer.of(visible.stream()
                .map(identity -> Wire.of(identity, access.held(caller, identity.reference(), requested)))
                .toList());
    }

    private Answer create(ApiRequest request) {
        Caller caller = request.caller();
        CreateCertificate command = request.body(Body.class).command();
        boolean redeems = !command.trustToken().isEmpty() || !command.password().isEmpty();
        if (!redeems && command.token()) {
            return Answer.begun(certificates.issueToken(caller, command));
        }
        String fingerprint = redeems ? certificates.redeem(caller, command) : certificates.create(caller, command);
        return Answer.created(EntityUrl.of(EntityType.CERTIFICATE, fingerprint), null);
    }

    private Answer get(ApiRequest request) {
        List<String> requested = request.requestedEntitlements();
        Identity identity = certificates.get(request.caller(), request.argument(0));
        access.requireReportable(request.caller(), EntityType.CERTIFICATE, requested);
        return Answer.tagged(
                Wire.of(identity, access.held(request.caller(), identity.reference(), requested)), tag(identity));
    }

    private static String tag(Identity identity) {
        return ETags.of(Wire.of(identity, List.of()));
    }

    private Answer update(ApiRequest request) {
        certificates.update(
                request.caller(),
                request.argument(0),
                request.body(Body.class).command(),
                identity -> ETags.require(request.ifMatch(), tag(identity)));
        return Answer.done();
    }

    private Answer delete(ApiRequest request) {
        certificates.delete(request.caller(), request.argument(0));
        return Answer.done();
    }
}
