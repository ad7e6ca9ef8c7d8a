package dev.linkspan.problem;

/**
 * Every problem that more than one place answers with. The texts are those of the API facts
 * (auth.md, cluster-links.md); clients and scripts compare them. {@code %s} stands for an argument.
 */
public enum Problem {
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    INTERNAL(500, "Internal Server Error"),
    DATABASE_UNAVAILABLE(503, "The database does not answer. The request was not carried out; try again shortly"),
    BODY_TOO_LARGE(413, "The request body is larger than %s bytes"),
    TOO_MANY_BODIES(503, "Too many large request bodies are arriving at once. Try again shortly"),
    BODY_TOO_DEEP(400, "The request body is nested more than %s levels deep"),
    NAME_TOO_LONG(400, "The name is longer than %s characters"),
    NAME_TOO_LONG_FOR_URL(400, "The name takes more than %s bytes in a URL"),
    NAME_WITH_NULL(400, "The name contains a null character"),
    TOO_MANY_ITEMS(400, "The list %s has more than %s entries"),
    ETAG_MISMATCH(
            412,
            "ETag does not match: %s vs %s. The configuration has been modified since this change began. "
                    + "Please retrieve the updated configuration before proceeding."),
    TOO_MANY_CREDENTIALS(403, "Client sent too many credentials"),
    NOT_A_MEMBER(500, "Cluster notification is not using trusted server certificate"),
    FORWARDED_BY_NON_MEMBER(500, "Received forwarded request information from non-cluster member"),
    CROSS_SITE(403, "Forbidden Sec-Fetch-Site header value"),
    CONTENT_TYPE(415, "Unsupported Content-Type for this request"),
    ENTITLEMENTS_NEED_RECURSION(500, "Entitlements can only be requested when recursion is enabled"),
    ENTITLEMENT_NOT_VALID(400, "Requested entitlement \"%s\" is not valid for entity type \"%s\""),
    NOT_FINE_GRAINED(400, "Cannot report entitlements for identities that do not use fine-grained authorization"),

    GROUP_NAME_EMPTY(400, "Group name cannot be empty"),
    GROUP_NAME_SLASH(400, "Group name cannot contain a forward slash"),
    GROUP_NAME_COLON(400, "Group name cannot contain a colon"),
    GROUP_EXISTS(409, "Authorization group already exists"),
    GROUP_NOT_FOUND(404, "Authorization group not found"),
    ADMINS_NOT_MODIFIED(400, "The admins group cannot be modified"),
    ADMINS_NOT_RENAMED(400, "The admins group cannot be renamed"),
    ADMINS_NOT_DELETED(400, "The admins group cannot be deleted"),
    PROVIDER_GROUP_NAME_EMPTY(400, "Identity provider group name cannot be empty"),
    PROVIDER_GROUP_EXISTS(409, "Identity provider group \"%s\" already exists"),
    PROVIDER_GROUP_NOT_FOUND(404, "Identity provider group not found"),
    MAPPED_GROUPS_NOT_FOUND(
            500,
            "Failed writing expected number of rows to identity provider group association table (expected %s, got"
                    + " %s)"),
    GROUPS_NOT_FOUND(404, "One or more groups were not found: %s"),
    DUPLICATE_GROUPS(
            500,
            "Failed writing expected number of rows to identity auth group association table (expected %s, got %s)"),

    IDENTITY_NAME_MISSING(400, "Identity name must be provided"),
    IDENTITY_EXISTS(409, "Identity already exists"),
    IDENTITY_NAME_EXISTS(409, "An identity with name \"%s\" already exists"),
    CERTIFICATE_EXISTS(409, "Failed creating certificate: Certificate already exists"),
    CLIENT_TRUSTED(409, "Client already trusted"),
    TOKEN_AND_CERTIFICATE(400, "Cannot use certificate if token is requested"),
    CERTIFICATE_MISSING(400, "Must provide a certificate"),
    CERTIFICATE_EXPIRED(400, "The provided certificate is expired"),
    CERTIFICATE_NOT_YET_VALID(400, "The provided certificate is not valid yet"),
    CERTIFICATE_WEAK(400, "RSA key is too weak (minimum of 2048bit)"),
    PEM_INVALID(500, "Invalid PEM block"),
    CERTIFICATE_NOT_FOUND(404, "Certificate not found"),
    CERTIFICATE_TRUSTED(409, "Certificate already in trust store"),
    CERTIFICATE_NAME_EXISTS(409, "Certificate already exists"),
    CERTIFICATE_NOT_BASE64(400, "The certificate is not the base64 text of a certificate in DER form"),
    CERTIFICATE_TYPE(400, "Identities of type \"%s\" cannot be created via the certificates API"),
    CLIENT_IS_TRUSTED(409, "Client is already trusted"),
    CLIENT_NAME_MISSING(400, "Client name must not be empty"),
    TOKEN_ONLY_FOR_CLIENTS(400, "Tokens can only be issued for client certificates"),
    TOKEN_OF_IDENTITY(400, "TLS Identity token detected (you must update your client)"),
    TOKEN_WITHOUT_OPERATION(403, "No matching certificate add operation found"),
    PASSWORD_GONE(501, "Password authentication is no longer supported, please update your client"),
    NO_CLIENT_CERTIFICATE(400, "No client certificate provided"),
    ONLY_TRUST_TOKEN(403, "Only trust token must be provided"),
    NOT_MODIFIABLE(501, "Identities of type \"%s\" cannot be modified via this API"),
    CERTIFICATE_NOT_UPDATABLE(400, "Cannot update certificate for identities of type \"%s\""),
    ONLY_CERTIFICATE(403, "Only the certificate may be changed"),
    GROUP_MEMBERSHIP_HIDDEN(403, "Failed getting identities group membership: Forbidden"),
    CURRENT_NEEDS_HTTPS(400, "Current identity information must be requested via the HTTPS API"),
    INITIAL_UI_ONLY_LOCAL(403, "Initial UI identities may only be created via unix socket"),
    IDENTITY_NOT_PENDING(400, "Identity \"%s\" is not pending, so it has no trust token that could be re-issued"),
    TOKEN_OF_LINK(400, "The trust token of identity \"%s\" is re-issued with its cluster link"),
    IDENTITY_TYPE_UNKNOWN(400, "Unrecognized identity type \"%s\""),
    IDENTITY_TYPE_NOT_BEARER(400, "Identities of type \"%s\" cannot be created via the bearer API"),
    NO_TOKEN_ISSUED(404, "Failed revoking token: No token exists for the identity"),
    IDENTITY_TAKEN_AMBIGUOUS(500, "More than one identity found"),

    NO_IDENTITY_AT_URL(404, "There is no identity with the URL \"%s\""),
    NO_SIGN_IN_LINK(400, "Sign-in links cannot be made for identities of type \"%s\""),
    TOO_MANY_SIGN_INS(429, "Too many failed sign-ins from %s. Try again in %s seconds"),

    BEARER_SUBJECT_UNKNOWN(
            403,
            "Failed verifying bearer token: Unrecognized token subject: No secret found for bearer token identity"),
    BEARER_TOKEN_INVALID(
            403, "Failed verifying bearer token: Failed authenticating bearer token: Token is not valid: %s"),
    UNAUTHORIZED(401, "Unauthorized"),
    ACCESS_TOKEN_INVALID(401, "Failed verifying access token: %s"),
    TOKEN_IN_QUERY(403, "Token query parameter usage is not allowed for the /1.0 API"),

    TOKEN_REQUIRED(403, "Trust token required"),
    TOKEN_INVALID(403, "Invalid trust token: %s"),
    TOKEN_TYPE_INVALID(403, "Invalid trust token type \"%s\""),
    TOKEN_EXPIRED(500, "Token has expired"),
    TOKEN_UNKNOWN(500, "Failed finding a matching pending identity: No pending identities found with given secret"),
    NOT_LISTENING(500, "Cannot issue token when server is not listening on network"),
    NO_ADDRESS_TO_OFFER(
            500,
            "Cannot issue token: core.https_address \"%s\" listens on all interfaces, but this machine has only"
                    + " loopback addresses. Set core.https_address to an address that the other cluster can reach"),
    EXPIRY_INVALID(400, "Invalid expiry expression"),

    LINK_TYPE_INVALID(400, "Invalid cluster link type \"%s\""),
    LINK_NAME_EMPTY(400, "Cluster link name cannot be empty"),
    LINK_NAME_CHARACTER(400, "Cannot contain \"%s\""),
    LINK_NAME_SLASHES(400, "Invalid name %s, may not contain slashes or consecutive dots"),
    LINK_NAME_NON_ASCII(400, "Name contains non-ASCII character '%s'"),
    LINK_REQUEST_INVALID(
            400,
            "Invalid cluster link request: expected one of pending creation (name without trust_token), active"
                    + " creation (name with trust_token), or activation (trust_token with non-empty"
                    + " \"volatile.addresses\")"),
    LINK_NOT_FOUND(404, "Failed loading cluster link: Cluster link not found"),
    LINK_EXISTS(409, "Cluster link already exists"),
    LINK_EXISTS_BETWEEN(409, "A cluster link already exists between these clusters"),
    LINK_PEER_TRUSTS_US(
            409,
            "A cluster link already exists between these clusters: the cluster at \"%s\" already trusts this cluster's "
                    + "certificate. Delete the link there, then create this one again"),
    LINK_TO_SELF(400, "This trust token was issued by this cluster itself. Use it on the other cluster"),
    LINK_SELF_ACTIVATION(400, "The posted certificate is this cluster's own: a cluster cannot be linked to itself"),
    LINK_CERTIFICATE_REQUIRED(400, "Cluster certificate required"),
    LINK_CERTIFICATE_INVALID(400, "Failed validating cluster certificate: %s"),
    LINK_CONFIG_KEY(500, "Invalid cluster link configuration key \"%s\""),
    LINK_CONFIG_VALUE(500, "Invalid cluster link configuration key \"%s\" value: %s"),
    LINK_VOLATILE(400, "Volatile configuration keys cannot be modified"),
    LINK_PEER_KNOWS_US(
            409,
            "The cluster at \"%s\" already trusts this cluster's certificate. Delete the identity or the cluster link"
                    + " there that has it, then create this link again"),
    LINK_PEER_WITHOUT_EXTENSION(
            502, "%s %s: Remote cluster address \"%s\": The server is missing the required \"%s\" API extension"),
    LINK_NOTHING_PINNED(404, "Failed loading cluster link certificate: No certificate found for cluster link"),
    LINK_NO_CERTIFICATE(500, "No certificate found for cluster link identity %s"),
    LINK_NOT_PENDING(400, "Cluster link \"%s\" is not pending, so it has no trust token that could be re-issued"),
    LINK_IN_BACKGROUND(
            504,
            "Cluster link \"%s\" could not be activated within %s seconds: the peer has not said whether it accepted. "
                    + "This is being finished in the background; look at the link's status"),
    LINK_DELETED_MEANWHILE(409, "Cluster link \"%s\" was deleted while it was being activated"),
    LINK_DECLINED_BUT_CONFIRMED(
            409,
            "Cluster link %s was confirmed by somebody else since its certificate was shown to you, and was not"
                    + " deleted. To delete it all the same, repeat the request"),
    LINK_NO_TOKEN_OUT(400, "Cluster link \"%s\" has no trust token that could be revoked"),
    TOO_MANY_FETCHES(
            429,
            "More than %s requests of yours that call other clusters are under way. Wait until one of them has ended"),

    PUBLIC_NEEDS_NAME(400, "Public cluster links require a name"),
    PUBLIC_NO_TOKEN(400, "Trust token cannot be set for public cluster links"),
    PUBLIC_NO_GROUPS(400, "Auth groups cannot be set for public cluster links"),
    PUBLIC_NEEDS_ADDRESS(400, "Public cluster links require remote_address"),
    LINK_NOT_PUBLIC_EXISTS(409, "Cluster link %s already exists and is not a public cluster link"),
    LINK_CONFIRMED(409, "Cluster link %s has already been confirmed"),
    LINK_NOT_PUBLIC(400, "Cluster link %s is not a public cluster link"),
    LINK_OTHER_CERTIFICATE(
            400, "Certificate does not match the certificate returned when the pending cluster link was created"),
    LINK_CERTIFICATE_REPLACED(
            400,
            "The cluster at \"%s\" shows another certificate now than the one that was to be confirmed. Create the"
                    + " cluster link again and compare the new one"),
    LINK_PUBLIC_TO_SELF(400, "\"%s\" is an address of this cluster itself"),
    PUBLIC_CERTIFICATE_EXISTS(400, "Failed creating certificate: Certificate already exists"),
    ADDRESS_ONLY_PUBLIC(400, "Remote address can only be set for public cluster links"),

    PROJECT_NOT_FOUND(404, "Project not found"),
    PROJECT_NAME_INVALID(400, "Invalid project name %s: %s"),
    PROJECT_EXISTS(409, "Project \"%s\" already exists"),
    PROJECT_IS_DEFAULT(403, "The default project cannot be %s"),
    PROJECT_NOT_EMPTY(400, "Only empty projects can be removed"),
    PROJECT_CONFIG_KEY(400, "Invalid project configuration key %s"),
    PROJECT_CONFIG_VALUE(400, "Invalid project configuration key %s value: %s"),
    PROJECT_AND_ALL(400, "Cannot specify a project when requesting all projects"),

    INSTANCE_NOT_FOUND(404, "Failed fetching instance %s in project %s: Instance not found"),
    INSTANCE_EXISTS(409, "Instance %s already exists"),
    INSTANCE_NAME_INVALID(400, "Invalid instance name %s: %s"),
    INSTANCE_VALUE_INVALID(400, "Invalid %s %s: %s"),
    INSTANCE_SOURCE(
            400,
            "This server keeps instances as inventory and cannot create one from source type %s. "
                    + "Register it with source type \"none\" (lxc init --empty)"),
    INSTANCE_HAS_NO_RUNTIME(400, "This server keeps instances as inventory and cannot %s them"),
    FILTER_INVALID(400, "Invalid filter: %s"),

    BACKUP_NOT_FOUND(404, "Instance backup not found"),
    BACKUP_EXISTS(409, "Backup %s already exists"),
    BACKUP_NAME_INVALID(400, "Invalid backup name %s: %s"),
    BACKUP_COMPRESSION(400, "Compression algorithm %s is not supported. Use \"gzip\" or \"none\""),
    BACKUP_VERSION(400, "Backup metadata version %s is not supported. Use 1 or 2"),
    BACKUP_TOO_LARGE(400, "The backup is larger than %s bytes, the limit set by linkspan.backup_size_limit"),

    OPERATION_NOT_FOUND(404, "Operation not found"),
    OPERATION_NOT_RUNNING(400, "Only running operations can be cancelled"),
    OPERATION_NO_WEBSOCKET(400, "Only websocket operations can be connected to"),
    EVENT_TYPE(400, "\"%s\" is not a supported event type"),
    EVENT_LEVEL(400, "\"%s\" is not a level of security events; these are \"info\" and \"warning\""),
    ENTITY_URL(400, "\"%s\" is not the URL of such an entity"),
    EVENT_PAGE(400, "Invalid value for \"%s\": it must be a number from %s to %s"),
    SEARCH_TOO_LONG(400, "The text to search for is longer than %s characters"),
    SETTING_CHANGED(412, "%s was changed meanwhile"),
    NO_WEBSOCKET_REQUEST(400, "This endpoint only answers requests for a websocket"),

    PERMISSION_ENTITY_TYPE(400, "Invalid `entity-type` query parameter \"%s\": Unknown entity type \"%s\""),
    PERMISSION_TYPE_WITHOUT_PROJECT(500, "Could not get entity URLs: No statement found for entity type \"%s\""),

    NOT_CLUSTERED(500, "Server is not clustered"),
    MEMBER_NOT_FOUND(404, "Cluster member not found"),
    MEMBER_RUNS(400, "Cluster member \"%s\" runs. Stop it first"),
    MEMBER_UNREACHABLE(503, "Cluster member %s does not answer: %s"),
    ALREADY_CLUSTERED(400, "This server is already clustered"),
    SERVER_NAME_REQUIRED(400, "ServerName is required when enabling clustering"),
    SERVER_NAME_NOT_EMPTY(400, "ServerName must be empty when disabling clustering"),
    SERVER_NAME_AT(400, "ServerName may not start with \"@\""),
    SERVER_NAME_NONE(400, "ServerName cannot be \"none\""),
    SERVER_NAME_LONG(400, "ServerName must have at most 255 characters"),
    SERVER_NAME_SLASH(400, "ServerName must not contain a slash"),
    CLUSTER_JOIN(
            400,
            "Servers join by starting on the same database: ./linkspan run --name NAME with the LINKSPAN_DATABASE_URL and "
                    + "the installation key of this cluster"),
    CLUSTER_HAS_MEMBERS(400, "Clustering can only be disabled on the last member. Stop the others first: %s"),
    CLUSTER_ADDRESS_WILDCARD(
            500,
            "Cannot use wildcard core.https_address \"\" for cluster.https_address. Please specify a new "
                    + "cluster.https_address or core.https_address"),
    CLUSTER_CERTIFICATE_PEM(400, "Certificate must be PEM-encoded X.509 certificate"),
    CLUSTER_KEY_PEM(400, "Private key must be PEM-encoded (PKCS#1/PKCS#8) key"),
    CLUSTER_KEY_MISMATCH(500, "The private key does not belong to the certificate"),
    CLUSTER_CERTIFICATE_KNOWN(409, "This certificate is in use already, here or by a linked cluster"),
    NO_ROTATION(
            400,
            "No next certificate is prepared. Begin with POST /1.0/linkspan/certificates/rotation, or ./linkspan "
                    + "rotate-certificate"),
    ROTATION_CHANGED(
            409, "The prepared certificate is not the one with fingerprint %s any more. Look at the rotation again"),
    ROTATION_INCOMPLETE(
            409,
            "%s linked clusters could not be told of the next certificate: %s. Put it in force all the same by \"force\": "
                    + "true, or cancel"),
    ROTATION_NOT_CANCELLED(
            409,
            "These linked clusters know the next certificate and cannot be told of the old one again: %s. Put the next "
                    + "certificate in force instead"),
    FINGERPRINT_MISSING(400, "\"fingerprint\" must be the SHA-256 of the certificate that was compared"),
    LINK_NOT_ACTIVE(400, "Cluster link %s is not active yet, so there is no contact"),
    LINK_CERTIFICATE_SAME(400, "Cluster link %s does not show another certificate than the pinned one"),
    LINK_CERTIFICATE_OTHER(409, "Cluster link %s does not show the certificate with fingerprint %s any more"),
    CONFIG_KEY_UNKNOWN(400, "Unknown configuration key \"%s\""),
    CONFIG_VALUE_INVALID(400, "Invalid value for configuration key \"%s\": %s");

    private final int status;
    private final String text;

    Problem(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The problem with its arguments filled in. */
    public ProblemException with(Object... arguments) {
        return new ProblemException(status, arguments.length == 0 ? text : text.formatted(arguments));
    }

    /** What stands before the first argument. */
    String head() {
        return text.substring(0, text.contains("%s") ? text.indexOf("%s") : text.length());
    }

    /** What stands after the last argument. */
    String tail() {
        return text.substring(text.lastIndexOf("%s") < 0 ? 0 : text.lastIndexOf("%s") + 2);
    }
}
