package dev.linkspan.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What lets the servers of a test run start with a third less work: a cache of loaded classes, made by the first start from
 * the packaged classes. The compiled ones are taken as they are when nothing was packaged since they changed.
 */
final class StartCache {
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path JAR = Path.of("target", "linkspan.jar.original").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "test-servers.aot").toAbsolutePath();
    private static final Path SCRATCH = Path.of("target", "servers", "training").toAbsolutePath();

    private static List<String> flags;

    private StartCache() {}

    /** The flags that name class path and cache; {@code quick} are the other flags, the same for all servers. */
    static synchronized List<String> flags(String java, List<String> quick) {
        if (flags == null) {
            flags = packaged() ? withCache(java, quick) : List.of("-cp", classPath(CLASSES));
        }
        return flags;
    }

    private static boolean packaged() {
        if (!Files.exists(JAR)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(CLASSES)) {
            FileTime made = Files.getLastModifiedTime(JAR);
            return files.filter(Files::isRegularFile).noneMatch(file -> newer(file, made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean newer(Path file, FileTime than) {
        try {
            return Files.getLastModifiedTime(file).compareTo(than) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withCache(String java, List<String> quick) {
        String classPath = classPath(JAR);
        try {
            if (!Files.exists(CACHE) || !newer(CACHE, Files.getLastModifiedTime(JAR))) {
                train(java, quick, classPath);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.exists(CACHE)
                ? List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off", "-cp", classPath)
                : List.of("-cp", classPath);
    }

    private static void train(String java, List<String> quick, String classPath) throws IOException {
        Files.deleteIfExists(CACHE);
        FileSystemUtils.deleteRecursively(SCRATCH);
        Files.createDirectories(SCRATCH.getParent());
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(quick);
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + CACHE, "-cp", classPath, "dev.linkspan.TrainingRun", SCRATCH.toString()));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(SCRATCH.resolveSibling("training.log").toFile())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path of this test process without the tests themselves and the identity provider that they start. */
    private static String classPath(Path application) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("spring-security-"))
                .map(entry -> Path.of(entry).toAbsolutePath().equals(CLASSES) ? application.toString() : entry)
                .reduce((first, second) -> first + File.pathSeparator + second)
                .orElseThrow();
    }
}
