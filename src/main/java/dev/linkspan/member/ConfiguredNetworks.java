package dev.linkspan.member;

import dev.linkspan.peer.Networks;
import dev.linkspan.peer.ReachableNetworks;
import dev.linkspan.problem.Problem;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The networks in which other clusters may be called, as configured for the cluster. */
@Component
class ConfiguredNetworks implements ReachableNetworks {
    private record Known(String allowed, String denied, Networks networks) {}

    private final StoredConfiguration configuration;
    private volatile Known known = new Known("", "", null);

    ConfiguredNetworks(StoredConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Networks current() {
        Map<String, String> config = configuration.current();
        String allowed = config.getOrDefault(Configuration.ALLOWED_NETWORKS, "");
        String denied = config.getOrDefault(Configuration.DENIED_NETWORKS, Networks.METADATA);
        Known last = known;
        if (last.networks() == null
                || !last.allowed().equals(allowed)
                || !last.denied().equals(denied)) {
            last = new Known(allowed, denied, new Networks(Networks.parse(allowed), Networks.parse(denied)));
            known = last;
        }
        return last.networks();
    }

    /**
     * A list of networks as it may be configured.
     *
     * @throws dev.linkspan.problem.ProblemException 400 when it holds something else
     */
    static String checked(String key, String list) {
        try {
            Networks.parse(list);
            return list;
        } catch (IllegalArgumentException e) {
            throw Problem.CONFIG_VALUE_INVALID.with(key, e.getMessage());
        }
    }
}
