package dev.linkspan.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static Networks networks(String allowed, String denied) {
        return new Networks(Networks.parse(allowed), Networks.parse(denied));
    }

    private static boolean reach(Networks networks, String address) {
        return networks.reach(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "168.63.129.16",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "::169.254.169.254",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1"
            })
    void reachWhenNothingIsConfiguredThenNoMetadataAndNoGroups(String address) {
        assertThat(reach(networks("", Networks.METADATA), address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.0.0.1", "192.168.1.1", "203.0.113.7", "::1", "2001:db8::5", "fd00:ec2::255"})
    void reachWhenNothingIsConfiguredThenAllOthers(String address) {
        assertThat(reach(networks("", Networks.METADATA), address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, true",
        "10.1.0.1, false",
        "10.0.0.9, false",
        "192.0.2.7, true",
        "192.0.2.8, false",
        "2001:db8::1, true",
        "2001:db9::1, false",
        "127.0.0.1, false",
        "64:ff9b::a00:7, false"
    })
    void reachWhenAllowedThenOnlyThereAndDeniedCountsFirst(String address, boolean reachable) {
        Networks networks = networks("10.0.0.0/16, 192.0.2.7,2001:db8::/32", "10.0.0.8/29");
        boolean expected = reachable && !address.equals("10.0.0.9");
        assertThat(reach(networks, address)).isEqualTo(expected);
    }

    @Test
    void parseWhenNoneThenNothingIsDenied() {
        assertThat(reach(networks("", "none"), "169.254.169.254")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "example.org",
                "10.0.0.0/8,",
                "::/129",
                "10.0.0.0/x",
                "/8"
            })
    void parseWhenNotANetworkThenNamed(String list) {
        assertThatThrownBy(() -> Networks.parse(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is not a network such as 10.0.0.0/8");
    }
}
