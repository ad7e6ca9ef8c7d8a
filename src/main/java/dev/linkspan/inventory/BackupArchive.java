package dev.linkspan.inventory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The archive of a backup: a tar file with {@code backup/index.yaml}, which describes the instance in the way LXD's
 * backups do. There is nothing else in it, because an instance of the inventory has no disk.
 */
final class BackupArchive {
    private static final String INDEX = "backup/index.yaml";
    private static final int STOPPED = 102;

    private final Instance instance;
    private final CreateBackup command;
    private final Instant now;

    BackupArchive(Instance instance, CreateBackup command, Instant now) {
        this.instance = instance;
        this.command = command;
        this.now = now;
    }

    void write(OutputStream out) {
        try (OutputStream archive = command.compression().equals("gzip") ? new GZIPOutputStream(out) : out) {
            TarFile tar = new TarFile(archive, now);
            tar.directory("backup/");
            tar.file(INDEX, index().getBytes(StandardCharsets.UTF_8));
            tar.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String index() {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("name", instance.name());
        index.put("backend", "none");
        index.put("pool", "");
        index.put("optimized", false);
        index.put("optimized_header", false);
        index.put("type", instance.type().wireName());
        index.put("config", config());
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        return new Yaml(options).dump(index);
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        if (command.version() == 1) {
            config.put("container", description());
            return config;
        }
        config.put("version", command.version());
        config.put("instance", description());
        config.put("pools", List.of());
        config.put("profiles", List.of());
        config.put("volumes", List.of());
        return config;
    }

    private Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", instance.name());
        description.put("description", instance.description());
        description.put("status", "Stopped");
        description.put("status_code", STOPPED);
        description.put("created_at", instance.createdAt().toString());
        description.put("last_used_at", Instant.EPOCH.toString());
        description.put("location", "none");
        description.put("type", instance.type().wireName());
        description.put("project", instance.project());
        description.put("architecture", instance.architecture());
        description.put("ephemeral", instance.ephemeral());
        description.put("stateful", instance.stateful());
        description.put("profiles", instance.profiles());
        description.put("config", instance.config());
        description.put("devices", instance.devices());
        description.put("expanded_config", instance.config());
        description.put("expanded_devices", instance.devices());
        return description;
    }
}
