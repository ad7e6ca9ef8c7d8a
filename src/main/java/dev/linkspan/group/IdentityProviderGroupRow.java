package dev.linkspan.group;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("identity_provider_group")
record IdentityProviderGroupRow(@Id Long id, String name, byte[] nameKey) {}
