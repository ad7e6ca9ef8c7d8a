package dev.linkspan.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change of an instance. Checks everything that needs no look at the database.
 *
 * <p>With {@code replace} (PUT) what is null becomes empty; without (PATCH) it is kept, configuration keys and devices
 * that are given are set, and those that are given empty are removed.
 */
public record UpdateInstance(
        String description,
        String architecture,
        Map<String, String> config,
        Map<String, Map<String, String>> devices,
        List<String> profiles,
        Boolean ephemeral,
        Boolean stateful,
        boolean replace) {

    /** @throws dev.linkspan.problem.ProblemException 400 that says what isn't allowed */
    public UpdateInstance {
        config = config == null ? Map.of() : config;
        devices = devices == null ? Map.of() : devices;
        InstanceSettings.checkedConfig(config);
        InstanceSettings.checkedDevices(devices);
        architecture = architecture == null || architecture.isEmpty()
                ? null
                : InstanceSettings.checkedArchitecture(architecture);
        if (replace) {
            description = description == null ? "" : description;
            profiles = profiles == null ? List.of() : profiles;
            ephemeral = Boolean.TRUE.equals(ephemeral);
            stateful = Boolean.TRUE.equals(stateful);
        }
        profiles = profiles == null ? null : InstanceSettings.checkedProfiles(profiles);
    }

    Instance applied(Instance to) {
        Map<String, String> newConfig = new TreeMap<>(replace ? Map.of() : to.config());
        newConfig.putAll(config);
        Map<String, Map<String, String>> newDevices = new TreeMap<>(replace ? Map.of() : to.devices());
        newDevices.putAll(devices);
        if (!replace) {
            newDevices.values().removeIf(settings -> settings == null || settings.isEmpty());
        }
        return new Instance(
                to.identity(),
                to.type(),
                architecture == null ? to.architecture() : architecture,
                description == null ? to.description() : description,
                InstanceSettings.keepingIdentity(to.config(), InstanceSettings.checkedConfig(newConfig)),
                InstanceSettings.checkedDevices(newDevices),
                profiles == null ? to.profiles() : profiles,
                ephemeral == null ? to.ephemeral() : ephemeral,
                stateful == null ? to.stateful() : stateful,
                to.createdAt());
    }
}
