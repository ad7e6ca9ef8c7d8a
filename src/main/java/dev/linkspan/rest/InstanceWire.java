package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.linkspan.inventory.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An instance on the wire. What a runtime would know is what it would know of a stopped one that never ran. */
record InstanceWire(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
        String name,
        String description,
        String status,
        int statusCode,
        String createdAt,
        String lastUsedAt,
        String location,
        String type,
        String project,
        String architecture,
        boolean ephemeral,
        boolean stateful,
        List<String> profiles,
        Map<String, String> config,
        Map<String, Map<String, String>> devices,
        Map<String, String> expandedConfig,
        Map<String, Map<String, String>> expandedDevices) {
    private static final String STOPPED = "Stopped";
    private static final int STOPPED_CODE = 102;

    /** With backups, state and snapshots: {@code recursion=2} of lists and {@code recursion=1} of single instances. */
    record Full(
            @JsonUnwrapped InstanceWire instance,
            List<BackupsResource.Wire> backups,
            State state,
            List<Object> snapshots) {}

    /** The state of an instance that nothing runs. */
    record State(
            String status,
            int statusCode,
            Map<String, Object> disk,
            Map<String, Long> memory,
            Map<String, Object> network,
            int pid,
            int processes,
            Map<String, Long> cpu) {
        private static final State OF_ALL = new State(
                STOPPED,
                STOPPED_CODE,
                null,
                new TreeMap<>(
                        Map.of("usage", 0L, "usage_peak", 0L, "total", 0L, "swap_usage", 0L, "swap_usage_peak", 0L)),
                null,
                0,
                0,
                Map.of("usage", 0L));
    }

    static InstanceWire of(Instance instance, List<String> entitlements) {
        return new InstanceWire(
                entitlements,
                instance.name(),
                instance.description(),
                STOPPED,
                STOPPED_CODE,
                instance.createdAt().toString(),
                Instant.EPOCH.toString(),
                "none",
                instance.type().wireName(),
                instance.project(),
                instance.architecture(),
                instance.ephemeral(),
                instance.stateful(),
                instance.profiles(),
                instance.config(),
                instance.devices(),
                instance.config(),
                instance.devices());
    }

    /** The full form; null stands for empty lists, as LXD has it. */
    Full full(List<BackupsResource.Wire> backups) {
        return new Full(this, backups.isEmpty() ? null : backups, State.OF_ALL, null);
    }

    static State state() {
        return State.OF_ALL;
    }
}
