package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An instance to be registered. Checks everything that needs no look at the database.
 *
 * @param name empty to have one made up
 * @param type wire name; empty for a container
 * @param architecture empty for that of this server
 * @param profiles null for {@code default}
 * @param sourceType must be {@code none}
 */
public record CreateInstance(
        String name,
        String description,
        String type,
        String architecture,
        Map<String, String> config,
        Map<String, Map<String, String>> devices,
        List<String> profiles,
        boolean ephemeral,
        boolean stateful,
        String sourceType) {

    /** @throws dev.linkspan.problem.ProblemException 400 that says what isn't allowed */
    public CreateInstance {
        if (!"none".equals(sourceType)) {
            throw Problem.INSTANCE_SOURCE.with(Quoted.of(sourceType == null ? "" : sourceType));
        }
        name = name == null || name.isEmpty() ? madeUpName() : InstanceSettings.checkedName(name);
        description = description == null ? "" : description;
        type = type == null || type.isEmpty() ? InstanceType.CONTAINER.wireName() : type;
        InstanceType.ofWireName(type);
        architecture = architecture == null || architecture.isEmpty()
                ? Architecture.ours()
                : InstanceSettings.checkedArchitecture(architecture);
        config = InstanceSettings.checkedConfig(config == null ? Map.of() : config);
        devices = InstanceSettings.checkedDevices(devices == null ? Map.of() : devices);
        profiles = InstanceSettings.checkedProfiles(profiles == null ? List.of("default") : profiles);
    }

    private static String madeUpName() {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        return "instance-" + HexFormat.of().formatHex(random);
    }
}
