package dev.linkspan.inventory;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("project")
record ProjectRow(@Id Long id, String name, String description, String config, Instant createdAt) {
    Project toProject() {
        return new Project(id, name, description, Stored.texts(config));
    }
}
