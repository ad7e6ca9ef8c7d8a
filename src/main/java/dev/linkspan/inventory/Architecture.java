package dev.linkspan.inventory;

/** Names of processor architectures as the API has them. */
final class Architecture {
    private Architecture() {}

    static String ours() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            case String other -> other;
        };
    }
}
