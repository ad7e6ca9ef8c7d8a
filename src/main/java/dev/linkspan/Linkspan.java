package dev.linkspan;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Linkspan {
    public static void main(String[] args) {
        SpringApplication.run(Linkspan.class, args);
    }
}
