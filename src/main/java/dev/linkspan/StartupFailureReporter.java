package dev.linkspan;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints a failure that a person can mend as one line, instead of Spring Boot's banner or stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailureReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = StartupFailure.sentence(failure);
        sentence.ifPresent(text -> System.err.println("linkspan: " + text));
        return sentence.isPresent();
    }
}
