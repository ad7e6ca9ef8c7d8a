package dev.linkspan.access;

import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tells who is behind a request. Only the leaf of the presented chain identifies, by its fingerprint and its bytes
 * (auth.md 2.1); the Unix socket is known by its connector.
 */
@Component
public class Callers {
    private final TrustSnapshots snapshots;
    private final AuthorizationModel model;
    private final Clock clock;

    Callers(TrustSnapshots snapshots, AuthorizationModel model, Clock clock) {
        this.snapshots = snapshots;
        this.model = model;
        this.clock = clock;
    }

    /** The caller behind a TLS connection; {@code leaf} is null when it presented no certificate. */
    public Caller ofConnection(X509Certificate leaf, String address) {
        Origin origin = new Origin(address, leaf);
        TrustSnapshot snapshot = snapshots.current();
        if (leaf == null) {
            return Caller.untrusted(origin);
        }
        byte[] der = Certificates.der(leaf);
        return snapshot.byFingerprint(Certificates.fingerprint(der))
                .filter(identity -> identity.proves(der, clock.instant()))
                .map(identity -> Caller.identity(identity, snapshot, origin))
                .orElseGet(() -> Caller.untrusted(origin));
    }

    /** The caller behind the Unix socket, who may do everything. */
    public Caller ofSocket() {
        snapshots.current();
        return Caller.local(Origin.SOCKET, System.getProperty("user.name"));
    }

    /** The identity with this row, signed in at the console; empty when it doesn't exist any more. */
    public Optional<Caller> ofIdentity(long identityId, Origin origin) {
        TrustSnapshot snapshot = snapshots.current();
        return snapshot.byId(identityId).map(identity -> Caller.identity(identity, snapshot, origin));
    }

    /**
     * The same caller as of now, for what outlives a request; empty when it could not come in that way any more (it was
     * deleted, or has another certificate).
     */
    public Optional<Caller> again(Caller caller) {
        return caller.identity().isEmpty()
                ? Optional.of(caller)
                : ofIdentity(caller.identity().get().id(), caller.origin())
                        .filter(now -> now.username().equals(caller.username()));
    }

    /** Whether somebody other than the initial console identity has all rights on the server. */
    public boolean anotherAdministrator() {
        Grant admin = new Grant(model.number(EntityType.SERVER, "admin"), 0);
        return snapshots.current().anyoneHolds(admin, TrustedIdentity.INITIAL_UI);
    }
}
