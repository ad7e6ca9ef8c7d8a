package dev.linkspan.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a service method that callers without any right may use, because the protocol demands it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenByProtocol {
    /** Why it is open, and what protects it instead. */
    String value();
}
