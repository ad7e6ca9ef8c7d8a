package dev.linkspan.ui.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void marksOfThePatternAreEmphasis() {
        Sentence sentence = new Sentence("links.deleted", "berlin");
        assertThat(sentence.getElement().getOuterHTML()).contains("<strong>berlin</strong>");
        assertThat(sentence.getElement().getTextRecursively()).isEqualTo("Cluster link berlin deleted.");
    }

    @Test
    void marksInAnArgumentStayWhatTheyAre() {
        Sentence sentence = new Sentence("links.deleted", "a**b** `c` {0} <i>");
        assertThat(sentence.getElement().getTextRecursively()).isEqualTo("Cluster link a**b** `c` {0} <i> deleted.");
        assertThat(sentence.getElement().getOuterHTML()).doesNotContain("<i>", "<code>");
    }

    @Test
    void numbersChooseTheirWords() {
        assertThat(text(new Sentence("group.delete.loss", 0))).isEqualTo("No identity loses a permission.");
        assertThat(text(new Sentence("group.delete.loss", 1))).startsWith("1 identity loses");
        assertThat(text(new Sentence("group.delete.loss", 7))).startsWith("7 identities lose");
    }

    private static String text(Sentence sentence) {
        return sentence.getElement().getTextRecursively();
    }
}
