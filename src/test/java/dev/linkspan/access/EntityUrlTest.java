package dev.linkspan.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityUrlTest {
    @Test
    void parseWhenProjectIsMissingThenItIsDefault() {
        assertThat(EntityUrl.parse("/1.0/instances/c1").orElseThrow()).hasToString("/1.0/instances/c1?project=default");
    }

    @Test
    void parseWhenVolumeIsOnAMemberThenTargetComesLast() {
        assertThat(EntityUrl.parse("/1.0/storage-pools/p/volumes/custom/v?target=m1&project=x")
                        .orElseThrow())
                .hasToString("/1.0/storage-pools/p/volumes/custom/v?project=x&target=m1");
    }

    @Test
    void parseWhenPathIsUnknownThenEmpty() {
        assertThat(EntityUrl.parse("/1.0/nothing/here")).isEmpty();
        assertThat(EntityUrl.parse("/1.0/cluster/links/")).isEmpty();
        assertThat(EntityUrl.parse("/1.0/cluster/links/%zz")).isEmpty();
        assertThat(EntityUrl.parse("/2.0")).isEmpty();
    }

    @Test
    void toStringWhenNameHasReservedCharactersThenEncodedLikeTheStockClient() {
        EntityUrl url = EntityUrl.of(EntityType.CLUSTER_LINK, "a b/c%d#e:f@g$h=i\"j");
        assertThat(url).hasToString("/1.0/cluster/links/a%20b%2Fc%25d%23e:f@g$h=i%22j");
        assertThat(EntityUrl.parse(url.toString())).contains(url);
    }

    @Test
    void parseWhenUrlIsTheServersThenServer() {
        assertThat(EntityUrl.parse("/1.0")).contains(EntityUrl.of(EntityType.SERVER));
    }
}
