package dev.linkspan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorizationModelTest {
    private final AuthorizationModel model = new AuthorizationModel();

    @Test
    void entitlementsWhenCountedThenAsInTheFacts() {
        assertThat(EntityType.values()).hasSize(26);
        assertThat(Arrays.stream(EntityType.values())
                        .mapToInt(type -> model.entitlements(type).size())
                        .sum())
                .isEqualTo(162);
        assertThat(model.entitlements(EntityType.SERVER)).hasSize(37);
        assertThat(model.entitlements(EntityType.PROJECT)).hasSize(64);
        assertThat(model.entitlements(EntityType.CONTAINER)).isEmpty();
    }

    @Test
    void impliesWhenServerViewerThenLinksAreVisibleButNotEditable() {
        assertThat(model.implies(EntityType.SERVER, "viewer", EntityType.CLUSTER_LINK, "can_view"))
                .isTrue();
        assertThat(model.implies(EntityType.SERVER, "viewer", EntityType.CLUSTER_LINK, "can_edit"))
                .isFalse();
        assertThat(model.implies(EntityType.CLUSTER_LINK, "can_edit", EntityType.CLUSTER_LINK, "can_view"))
                .isTrue();
    }

    @Test
    void impliesWhenAdminThenEverythingButThePureRoles() {
        for (EntityType type : EntityType.values()) {
            for (AuthorizationModel.EntitlementDescription entitlement : model.entitlements(type)) {
                boolean role = List.of("viewer", "operator", "user").contains(entitlement.name())
                        || entitlement.name().endsWith("_manager");
                assertThat(model.implies(EntityType.SERVER, "admin", type, entitlement.name()))
                        .as(type.wireName() + ":" + entitlement.name())
                        .isEqualTo(!role);
            }
        }
    }

    @Test
    void ruleWhenOneself() {
        assertThat(model.rule(EntityType.IDENTITY, "can_delete").self()).isTrue();
        assertThat(model.rule(EntityType.IDENTITY, "can_edit").self()).isFalse();
        assertThat(model.rule(EntityType.GROUP, "can_view").member()).isTrue();
        assertThat(model.rule(EntityType.GROUP, "can_edit").member()).isFalse();
    }

    @Test
    void ruleWhenTypeIsDerivedThenFollowsTheParent() {
        assertThat(model.rule(EntityType.INSTANCE_BACKUP, "can_edit").grants())
                .contains(new AuthorizationModel.Sufficient(
                        model.number(EntityType.INSTANCE, "can_manage_backups"), EntityType.INSTANCE));
    }
}
