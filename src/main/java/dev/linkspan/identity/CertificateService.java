package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.event.Events;
import dev.linkspan.event.SecurityEvent.Level;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.TokenOperations;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.springframework.stereotype.Service;

/**
 * The older API of client certificates (auth.md 5.5), as far as the stock client needs it: clients that may do everything,
 * made by a certificate or by a trust token that is an operation until it is used.
 */
@Service
public class CertificateService {
    private static final String CLIENT = "client";
    private static final String SEARCH = "Failed during search for certificate add token operation: ";

    private final Identities identities;
    private final IdentityReader reader;
    private final IdentityRepository repository;
    private final TokenIssuer tokens;
    private final TokenOperations operations;
    private final Access access;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    CertificateService(
            Identities identities,
            IdentityReader reader,
            IdentityRepository repository,
            TokenIssuer tokens,
            TokenOperations operations,
            Access access,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.identities = identities;
        this.reader = reader;
        this.repository = repository;
        this.tokens = tokens;
        this.operations = operations;
        this.access = access;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The certificates that the caller may see, by fingerprint. */
    public List<Identity> list(Caller caller) {
        access.requireTrusted(caller);
        return access.visible(caller, reader.unrestricted(), Identity::reference);
    }

    /**
     * One of them.
     *
     * @param prefix the fingerprint's beginning, which must be that of one certificate only
     * @throws ProblemException 404
     */
    public Identity get(Caller caller, String prefix) {
        return find(caller, prefix, "can_view");
    }

    private Identity find(Caller caller, String prefix, String entitlement) {
        access.requireTrusted(caller);
        List<Identity> found = prefix.isEmpty()
                ? List.of()
                : reader.unrestricted().stream()
                        .filter(identity -> identity.identifier().startsWith(prefix))
                        .toList();
        if (found.size() != 1) {
            throw access.missing(caller, EntityType.CERTIFICATE, entitlement, Problem.CERTIFICATE_NOT_FOUND.with());
        }
        access.require(caller, found.getFirst().reference(), entitlement);
        return found.getFirst();
    }

    /**
     * Issues a trust token.
     *
     * @return the operation that the token is
     * @throws ProblemException 403 without {@code can_create_identities} on the server, 400 for a bad name or type
     */
    public Operation issueToken(Caller caller, CreateCertificate command) {
        requireCreate(caller, command);
        if (!command.type().equals(CLIENT)) {
            throw Problem.TOKEN_ONLY_FOR_CLIENTS.with();
        }
        if (command.name().isEmpty()) {
            throw Problem.CLIENT_NAME_MISSING.with();
        }
        TrustToken token = tokens.issue(command.name(), "");
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", command.name());
        request.put("type", command.type());
        request.put("restricted", false);
        request.put("projects", List.of());
        request.put("certificate", "");
        request.put("password", "");
        request.put("trust_token", "");
        request.put("token", true);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("secret", token.secret());
        metadata.put("fingerprint", token.fingerprint());
        metadata.put("addresses", token.addresses());
        metadata.put("request", request);
        if (token.expiresAt() != null) {
            metadata.put("expiresAt", token.expiresAt().toString());
        }
        return operations.issue(caller, "Certificate add token", metadata);
    }

    private void requireCreate(Caller caller, CreateCertificate command) {
        access.require(caller, "can_create_identities");
        if (!command.type().equals(CLIENT) && !command.type().isEmpty()) {
            String type =
                    command.type().equals("metrics") ? "Metrics certificate (unrestricted)" : "Server certificate";
            throw Problem.CERTIFICATE_TYPE.with(type);
        }
        if (command.restricted() || !command.projects().isEmpty()) {
            throw Problem.CERTIFICATE_TYPE.with("Client certificate (restricted)");
        }
        if (command.name().length() > Identities.LONGEST_NAME) {
            throw Problem.NAME_TOO_LONG.with(Identities.LONGEST_NAME);
        }
    }

    /**
     * Trusts a certificate: the given one, or that of the caller's own handshake.
     *
     * @return its fingerprint
     * @throws ProblemException 403 without {@code can_create_identities} on the server, 400 for a bad certificate, 409 when
     *     certificate or name are known
     */
    public String create(Caller caller, CreateCertificate command) {
        requireCreate(caller, command);
        X509Certificate certificate = command.certificate().isEmpty()
                ? caller.certificate().orElseThrow(Problem.NO_CLIENT_CERTIFICATE::with)
                : decoded(command.certificate());
        Certificates.requireUsable(certificate, clock.instant());
        String name = command.name().isEmpty() ? commonName(caller, certificate) : command.name();
        transactions.run(() -> add(caller, name, certificate));
        return Certificates.fingerprint(certificate);
    }

    private static X509Certificate decoded(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return Certificates.parse("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----");
        } catch (IllegalArgumentException e) {
            throw Problem.CERTIFICATE_NOT_BASE64.with();
        }
    }

    private static String commonName(Caller caller, X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")
                        && !part.getValue().toString().isEmpty()) {
                    return part.getValue().toString();
                }
            }
        } catch (InvalidNameException e) {
            // A subject that is no name leads to the address, as one without a common name.
        }
        return caller.origin().address();
    }

    private void add(Caller caller, String name, X509Certificate certificate) {
        String fingerprint = Certificates.fingerprint(certificate);
        boolean known = repository
                .findByIdentifier(Identities.TLS, fingerprint)
                .filter(row -> !IdentityType.fineGrained(row.type()))
                .isPresent();
        if (known) {
            throw Problem.CERTIFICATE_TRUSTED.with();
        }
        try {
            identities.addUnrestricted(name, certificate);
        } catch (ProblemException e) {
            throw e.is(Problem.IDENTITY_EXISTS) || e.is(Problem.CERTIFICATE_EXISTS)
                    ? Problem.CERTIFICATE_NAME_EXISTS.with()
                    : e;
        }
        events.publish(caller, "certificate-created", url(fingerprint));
    }

    private static EntityUrl url(String fingerprint) {
        return EntityUrl.of(EntityType.CERTIFICATE, fingerprint);
    }

    /**
     * Uses a trust token: the certificate of the caller's handshake is trusted. Of any number of simultaneous attempts one
     * succeeds.
     *
     * @return its fingerprint
     * @throws ProblemException as in auth.md 5.4, last column
     */
    @OpenByProtocol("the token's secret proves the right")
    public String redeem(Caller caller, CreateCertificate command) {
        if (!command.password().isEmpty()) {
            throw Problem.PASSWORD_GONE.with();
        }
        TrustToken token;
        try {
            token = TrustToken.decode(command.trustToken());
        } catch (ProblemException e) {
            throw Problem.FORBIDDEN.with();
        }
        if (!token.type().isEmpty()) {
            throw Problem.TOKEN_OF_IDENTITY.with().prefixed(SEARCH);
        }
        Operation issued = operations.find(token.secret()).orElseThrow(Problem.TOKEN_WITHOUT_OPERATION::with);
        if (issued.metadata().get("expiresAt") instanceof String end
                && !clock.instant().isBefore(Instant.parse(end))) {
            operations.cancel(issued);
            throw Problem.TOKEN_EXPIRED.with().prefixed(Problem.FORBIDDEN.status(), SEARCH);
        }
        if (caller.trusted()) {
            transactions.run(() -> operations.use(issued));
            throw Problem.CLIENT_IS_TRUSTED.with();
        }
        X509Certificate certificate = caller.certificate().orElseThrow(Problem.NO_CLIENT_CERTIFICATE::with);
        Certificates.requireUsable(certificate, clock.instant());
        transactions.run(() -> {
            if (!operations.use(issued)) {
                throw Problem.TOKEN_WITHOUT_OPERATION.with();
            }
            add(caller, name(issued), certificate);
        });
        return Certificates.fingerprint(certificate);
    }

    private static String name(Operation issued) {
        return ((Map<?, ?>) issued.metadata().get("request")).get("name").toString();
    }

    /**
     * Gives a client another name, or another certificate.
     *
     * @param command empty fields stay as they are; what isn't the type {@code client} or is restricted is refused
     * @param guard gets the client as it is, under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 404, 403 without {@code can_edit} on the certificate, 400, 409
     */
    public void update(Caller caller, String prefix, CreateCertificate command, Consumer<Identity> guard) {
        Identity found = find(caller, prefix, "can_edit");
        requireUpdatable(command);
        X509Certificate certificate = command.certificate().isEmpty() ? null : replacement(command.certificate());
        transactions.run(() -> {
            repository.lock(found.id()).orElseThrow(Problem.NOT_FOUND::with);
            Identity client = reader.one(found.id());
            guard.accept(client);
            if (!command.name().isEmpty() && !command.name().equals(client.name())) {
                try {
                    identities.nameAnew(client, command.name());
                } catch (ProblemException e) {
                    throw e.is(Problem.IDENTITY_EXISTS) ? Problem.CERTIFICATE_NAME_EXISTS.with() : e;
                }
            }
            if (certificate != null && !Certificates.fingerprint(certificate).equals(client.identifier())) {
                identities.replaceCertificate(caller, client, certificate, Certificates.pem(certificate));
                events.secure(
                        caller, "authn_certificate_change:" + client.identifier(), Level.INFO, "Certificate changed");
            }
            events.publish(caller, "certificate-updated", url(client.identifier()));
        });
    }

    private static void requireUpdatable(CreateCertificate command) {
        if (command.restricted() || !command.projects().isEmpty()) {
            throw Problem.CERTIFICATE_TYPE.with("Client certificate (restricted)");
        }
        if (!command.type().isEmpty() && !command.type().equals(CLIENT)) {
            throw Problem.CERTIFICATE_TYPE.with(command.type());
        }
        if (command.name().length() > Identities.LONGEST_NAME) {
            throw Problem.NAME_TOO_LONG.with(Identities.LONGEST_NAME);
        }
    }

    /** PEM text, as it is shown, or base64 of the DER form, as it is created with. */
    private X509Certificate replacement(String text) {
        X509Certificate certificate = text.contains("-----BEGIN") ? Certificates.parse(text) : decoded(text);
        Certificates.requireUsable(certificate, clock.instant());
        return certificate;
    }

    /**
     * Deletes a client; its certificate is unknown at once.
     *
     * @throws ProblemException 404, 403 without {@code can_delete} on the certificate
     */
    public void delete(Caller caller, String prefix) {
        Identity found = find(caller, prefix, "can_delete");
        transactions.run(() -> {
            repository.lock(found.id()).orElseThrow(Problem.NOT_FOUND::with);
            identities.discard(found.id());
            events.publish(caller, "certificate-deleted", url(found.identifier()));
        });
    }
}
