package dev.linkspan.peer;

/** Tells in which networks other clusters may be called now; the room that knows the configuration implements it. */
public interface ReachableNetworks {
    Networks current();
}
