package dev.linkspan.ui.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static final String FINGERPRINT = "91c4b3e8d2175f60a8c24e9107bd33fa6c15e0d9482b7a7cf3d61b5890ee24c7";

    @Test
    void groupsOfFourEightToALine() {
        assertThat(Fingerprints.full(FINGERPRINT)).isEqualTo("""
                91c4 b3e8 d217 5f60 a8c2 4e91 07bd 33fa
                6c15 e0d9 482b 7a7c f3d6 1b58 90ee 24c7""");
    }

    @Test
    void briefIsBeginningAndEnd() {
        assertThat(Fingerprints.brief(FINGERPRINT)).isEqualTo("91c4 b3e8 … 24c7");
    }

    @Test
    void whatIsNoFingerprintStaysWhole() {
        assertThat(Fingerprints.brief("91c4b3")).isEqualTo("91c4b3");
        assertThat(Fingerprints.full("91c4b3")).isEqualTo("91c4 b3");
    }
}
