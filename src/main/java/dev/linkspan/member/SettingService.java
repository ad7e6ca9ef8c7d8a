package dev.linkspan.member;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.peer.Networks;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** The server's configuration key by key, with who changed each of them last. */
@Service
public class SettingService {
    private static final String USER = "user.";
    private static final Map<String, String> STANDARDS = standards();

    private final ServerService server;
    private final StoredConfiguration stored;
    private final ConfigurationHistory history;
    private final ClusterStart start;
    private final Access access;

    SettingService(
            ServerService server,
            StoredConfiguration stored,
            ConfigurationHistory history,
            ClusterStart start,
            Access access) {
        this.server = server;
        this.stored = stored;
        this.history = history;
        this.start = start;
        this.access = access;
    }

    /** All keys that the server knows, in the order in which people look for them. */
    private static Map<String, String> standards() {
        Map<String, String> standards = new LinkedHashMap<>();
        standards.put(Configuration.HTTPS_ADDRESS, ClusterStart.FIRST_ADDRESS);
        standards.put(Configuration.CLUSTER_ADDRESS, "");
        standards.put(Configuration.TOKEN_EXPIRY, Configuration.DEFAULT_TOKEN_EXPIRY);
        standards.put(OidcConfiguration.ISSUER, "");
        standards.put(OidcConfiguration.CLIENT_ID, "");
        standards.put(OidcConfiguration.CLIENT_SECRET, "");
        standards.put(OidcConfiguration.DEVICE_CLIENT_ID, "");
        standards.put(OidcConfiguration.AUDIENCE, "");
        standards.put(OidcConfiguration.SCOPES, OidcConfiguration.standardScopes());
        standards.put(OidcConfiguration.GROUPS_CLAIM, "");
        standards.put(Configuration.BACKUP_SIZE_LIMIT, BackupLimit.DEFAULT);
        standards.put(Configuration.ALLOWED_NETWORKS, "");
        standards.put(Configuration.DENIED_NETWORKS, Networks.METADATA);
        standards.put(Configuration.UUID, "");
        return standards;
    }

    /**
     * The keys that the caller may see: with {@code can_edit} on the server all that it knows and those of one's own, else
     * the public ones that are set, without who changed them.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public List<Setting> list(Caller caller) {
        access.requireTrusted(caller);
        Map<String, String> config = server.configuration(caller);
        List<Setting> settings = new ArrayList<>();
        if (access.allowed(caller, "can_edit")) {
            Map<String, ConfigurationHistory.Change> changes = history.of(start.memberId());
            STANDARDS.keySet().forEach(key -> settings.add(setting(key, config, changes)));
            config.keySet().stream()
                    .filter(key -> key.startsWith(USER))
                    .forEach(key -> settings.add(setting(key, config, changes)));
        } else {
            config.keySet().forEach(key -> settings.add(setting(key, config, Map.of())));
        }
        return settings;
    }

    /**
     * One key, with who changed it last also when it is set no more.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server
     */
    public Setting get(Caller caller, String key) {
        access.require(caller, "can_edit");
        return setting(key, server.configuration(caller), history.of(start.memberId()));
    }

    /**
     * Looks whether a key may have that value, and changes nothing.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server, 400 for a bad value
     */
    public void check(Caller caller, String key, String value) {
        access.require(caller, "can_edit");
        Configuration.checked(Map.of(key, value));
    }

    /**
     * Changes one key, unless somebody has changed it since.
     *
     * @param value the new one; empty to remove the key
     * @param seen the key as the caller saw it; null when there was none
     * @throws ProblemException 403 without {@code can_edit} on the server, 400 for a bad value, 412 when the key isn't any
     *     more as it was seen
     */
    public void change(Caller caller, String key, String value, Setting seen) {
        access.require(caller, "can_edit");
        server.configure(caller, Map.of(key, value), false, current -> {
            Setting now = setting(key, current, history.of(start.memberId()));
            boolean same = seen == null
                    ? !now.set()
                    : now.value().equals(seen.value()) && Objects.equals(now.changedAt(), seen.changedAt());
            if (!same) {
                throw Problem.SETTING_CHANGED.with(key);
            }
            return null;
        });
    }

    private Setting setting(String key, Map<String, String> config, Map<String, ConfigurationHistory.Change> changes) {
        ConfigurationHistory.Change change =
                changes.getOrDefault(key, new ConfigurationHistory.Change(null, "", "", ""));
        boolean secret = key.equals(OidcConfiguration.CLIENT_SECRET);
        String value = secret ? "" : config.getOrDefault(key, "");
        Instant at = change.at();
        return new Setting(
                key,
                value,
                STANDARDS.getOrDefault(key, ""),
                secret ? stored.current().containsKey(key) : !value.isEmpty(),
                secret,
                ConfigurationHistory.ofEachMember(key),
                key.equals(Configuration.UUID),
                at,
                change.username(),
                change.protocol(),
                change.address());
    }
}
