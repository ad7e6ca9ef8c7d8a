package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.inventory.Backup;
import dev.linkspan.inventory.BackupExport;
import dev.linkspan.inventory.BackupService;
import dev.linkspan.inventory.CreateBackup;
import dev.linkspan.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code /1.0/instances/{name}/backups}. */
@Component
class BackupsResource implements Resource {
    private static final String BACKUPS = InstancesResource.INSTANCE + "/backups";
    private static final String BACKUP = BACKUPS + "/{}";
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final BackupService backups;

    BackupsResource(BackupService backups) {
        this.backups = backups;
    }

    /** A backup on the wire. */
    record Wire(
            String name,
            String createdAt,
            String expiresAt,
            boolean instanceOnly,
            boolean containerOnly,
            boolean optimizedStorage) {
        static Wire of(Backup backup) {
            return new Wire(
                    backup.name(),
                    backup.createdAt().toString(),
                    backup.expiresAt() == null ? NEVER : backup.expiresAt().toString(),
                    backup.instanceOnly(),
                    backup.instanceOnly(),
                    backup.optimizedStorage());
        }
    }

    static List<Wire> wires(List<Backup> backups) {
        return backups.stream().map(Wire::of).toList();
    }

    private record Post(
            String name,
            String expiresAt,
            boolean instanceOnly,
            boolean containerOnly,
            boolean optimizedStorage,
            String compressionAlgorithm,
            int version) {
        CreateBackup command() {
            return new CreateBackup(
                    name,
                    expiry(expiresAt),
                    instanceOnly || containerOnly,
                    optimizedStorage,
                    compressionAlgorithm,
                    version);
        }
    }

    private static Instant expiry(String text) {
        if (text == null || text.isEmpty() || text.equals(NEVER)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(400, "\"" + text + "\" is not a time such as 2026-08-22T10:11:12Z");
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", BACKUPS, this::list)
                .on("POST", BACKUPS, this::create)
                .on("GET", BACKUP, this::get)
                .on("POST", BACKUP, this::rename)
                .on("DELETE", BACKUP, this::delete)
                .on("GET", BACKUP + "/export", this::export);
    }

    private Answer list(ApiRequest request) {
        List<Backup> all = backups.list(request.caller(), request.project(), request.argument(0));
        return Answer.of(
                request.query().recursive()
                        ? wires(all)
                        : all.stream().map(backup -> backup.url().brief()).toList());
    }

    private Answer create(ApiRequest request) {
        Caller caller = request.caller();
        backups.requireManage(caller, request.project(), request.argument(0));
        CreateBackup command = request.body(Post.class).command();
        return Answer.begun(backups.create(caller, request.project(), request.argument(0), command));
    }

    private Answer get(ApiRequest request) {
        Wire wire = Wire.of(backups.get(request.caller(), request.project(), request.argument(0), request.argument(1)));
        return Answer.tagged(wire, ETags.of(wire));
    }

    private Answer rename(ApiRequest request) {
        backups.requireManage(request.caller(), request.project(), request.argument(0));
        Post post = request.body(Post.class);
        return Answer.begun(backups.rename(
                request.caller(), request.project(), request.argument(0), request.argument(1), post.name()));
    }

    private Answer delete(ApiRequest request) {
        return Answer.begun(
                backups.delete(request.caller(), request.project(), request.argument(0), request.argument(1)));
    }

    private Answer export(ApiRequest request) {
        BackupExport export =
                backups.export(request.caller(), request.project(), request.argument(0), request.argument(1));
        return Answer.direct((servlet, response) -> write(export, response));
    }

    private static void write(BackupExport export, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "inline;filename=");
        response.setContentLengthLong(export.size());
        while (export.chunks().hasNext()) {
            response.getOutputStream().write(export.chunks().next());
        }
    }
}
