package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.util.Locale;

/** What an instance is registered as. */
public enum InstanceType {
    CONTAINER,
    VIRTUAL_MACHINE;

    /** The name in the API, for example {@code virtual-machine}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static InstanceType ofWireName(String name) {
        for (InstanceType type : values()) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        throw Problem.INSTANCE_VALUE_INVALID.with(
                "instance type", Quoted.of(name), "it is neither \"container\" nor \"virtual-machine\"");
    }
}
