package dev.linkspan.group;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("auth_group")
record GroupRow(@Id Long id, String name, byte[] nameKey, String description) {}
