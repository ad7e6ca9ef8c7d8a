package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.link.PublishedCertificate;
import dev.linkspan.link.Rotation;
import dev.linkspan.link.RotationLink;
import dev.linkspan.link.RotationService;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/** The certificates of this cluster, open to all, and the change from one to the next. */
@Component
class RotationResource implements Resource {
    private static final String CERTIFICATES = "/1.0/linkspan/certificates";
    private static final String ROTATION = CERTIFICATES + "/rotation";

    private final RotationService rotations;

    RotationResource(RotationService rotations) {
        this.rotations = rotations;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Certificate(String fingerprint, String certificate, String proof) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Certificates(Certificate current, Certificate next) {}

    private record Link(String name, String type, boolean incoming, String result, boolean breaks, String detail) {
        static Link of(RotationLink link) {
            return new Link(
                    link.name(),
                    link.type().wireName(),
                    link.incoming(),
                    link.result().wireName(),
                    link.result().breaks(),
                    link.detail());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Report(
            String current, String next, String nextSince, String previous, String previousUntil, List<Link> links) {
        static Report of(Rotation rotation) {
            return new Report(
                    rotation.current(),
                    rotation.next(),
                    ContactsResource.time(rotation.nextSince()),
                    rotation.previous(),
                    ContactsResource.time(rotation.previousUntil()),
                    rotation.links().stream().map(Link::of).toList());
        }
    }

    private record Command(String fingerprint, boolean force) {}

    @Override
    public void register(Routes routes) {
        routes.open("GET", CERTIFICATES, this::published)
                .on("GET", ROTATION, request -> Answer.of(Report.of(rotations.rotation(request.caller()))))
                .on("POST", ROTATION, this::prepare)
                .on("DELETE", ROTATION, this::cancel)
                .on("POST", ROTATION + "/tell", this::tell)
                .on("POST", ROTATION + "/activate", this::putInForce);
    }

    private Answer published(ApiRequest request) {
        RotationService.Published published = rotations.published(request.caller());
        PublishedCertificate next = published.next();
        return Answer.of(new Certificates(
                new Certificate(published.currentFingerprint(), published.currentPem(), null),
                next == null
                        ? null
                        : new Certificate(
                                next.fingerprint(),
                                next.pem(),
                                Base64.getEncoder().encodeToString(next.proof()))));
    }

    private Answer prepare(ApiRequest request) {
        rotations.prepare(request.caller());
        return Answer.of(Report.of(rotations.rotation(request.caller())));
    }

    private Answer tell(ApiRequest request) {
        Command command = request.optionalBody(Command.class);
        return Answer.of(Report.of(rotations.tell(request.caller(), command.fingerprint())));
    }

    private Answer putInForce(ApiRequest request) {
        Command command = request.optionalBody(Command.class);
        rotations.putInForce(request.caller(), command.fingerprint(), command.force());
        return Answer.of(Report.of(rotations.rotation(request.caller())));
    }

    private Answer cancel(ApiRequest request) {
        rotations.cancel(request.caller());
        return Answer.done();
    }
}
