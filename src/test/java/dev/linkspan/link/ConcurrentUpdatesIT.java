package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.LinkspanProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Several writers change one link at once: no change gets lost, and an ETag lets one of them win. */
@Timeout(60)
class ConcurrentUpdatesIT {

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("writers");
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String link(String name, RepetitionInfo repetition) {
        String unique = name + "-" + repetition.getCurrentRepetition();
        Answer answer = admin.post("/1.0/cluster/links", Map.of("name", unique, "type", "bidirectional"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return "/1.0/cluster/links/" + unique;
    }

    @RepeatedTest(10)
    void twentyPatchesOfDifferentKeysAllSurvive(RepetitionInfo repetition) {
        String link = link("patched", repetition);

        List<Answer> answers =
                atOnce(20, i -> admin.patch(link, Map.of("config", Map.of("user.key" + i, "value " + i))));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.toString()).startsWith("200 "));
        var config = admin.get(link).metadata().path("config");
        assertThat(config.size()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertThat(config.path("user.key" + i).asString()).isEqualTo("value " + i);
        }
    }

    @RepeatedTest(10)
    void ofEightPutsWithOneEtagExactlyOneSucceeds(RepetitionInfo repetition) {
        String link = link("put", repetition);
        String etag = admin.get(link).etag();

        List<Answer> answers = atOnce(
                8,
                i -> admin.put(
                        link,
                        Map.of("description", "writer " + i, "config", Map.of("user.writer", "" + i)),
                        "If-Match: " + etag));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 412)
                .hasSize(7)
                .allSatisfy(answer -> assertThat(answer.error()).startsWith("ETag does not match: "));
        int winner = answers.indexOf(answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow());
        assertThat(admin.get(link).metadata().path("description").asString()).isEqualTo("writer " + winner);
    }

    private static List<Answer> atOnce(int writers, IntFunction<Answer> write) {
        return AtOnce.all(IntStream.range(0, writers)
                .<Callable<Answer>>mapToObj(i -> () -> write.apply(i))
                .toList());
    }
}
